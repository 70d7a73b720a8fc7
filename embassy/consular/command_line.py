"""Holidays at the command line: two states' closures of a year, to be put into the file of an office."""

import click

from embassy.consular.facts import CLOSURE
from embassy.consular.holidays import knows, regions
from embassy.consular.proposals import proposed
from embassy.core.composed import Parts
from embassy.web.tabular import write_json


@click.command()
@click.argument("host", metavar="HOST")
@click.argument("sending", metavar="SENDING")
@click.argument("year", metavar="YEAR", type=click.IntRange(1900, 2100))
@click.option("--region", default="", help="The part of the host country, by its code.")
def holidays(host: str, sending: str, year: int, region: str) -> None:
    """Write the holidays of a HOST country and a SENDING state as closures proposed to an office.

    \b
    Examples:
        embassy holidays BE AL 2027
        embassy holidays GB AL 2027 --region SCT
    """
    if unknown := [code for code in (host, sending) if not knows(code)]:
        raise click.ClickException(f"Nobody computes the holidays of “{unknown[0]}”. Give a code such as BE.")
    if region and region not in regions(host):
        known = ", ".join(regions(host)) or "none"
        raise click.ClickException(f"There is no region “{region}” of {host}. Known are: {known}.")
    click.echo(write_json(Parts(CLOSURE).dump(proposed(host, sending, year, region))), nl=False)
