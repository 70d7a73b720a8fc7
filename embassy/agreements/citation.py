"""How an agreement is named for good: its identifier, and the line by which others cite its page."""

from datetime import date

from embassy.agreements.account import Account, plain_name, signed_on
from embassy.agreements.models import Agreement
from embassy.agreements.vocabulary import STATUS_LABELS
from embassy.core.messages import say
from embassy.web.formats import listed, partial, said
from embassy.web.house import language
from embassy.web.page import absolute, address


def identifier(agreement: Agreement) -> str:
    """Return the identifier of an agreement: `eli/agreement/` and the UUID that its record keeps for ever.

    It is formed as the European Legislation Identifier is (ELI: the word, the type, the thing), yet names
    the record of this service and not an official text. It stays the same when title, address, language
    or service change, and a record that is exported and brought in elsewhere takes it along.
    """
    return f"eli/agreement/{agreement.uid}"


def permalink(agreement: Agreement) -> str:
    """Return the address that leads to an agreement for good: former ones lead on to the present one."""
    return absolute(address("agreements.show", agreement.slug))


def citation(agreement: Agreement, told: Account, day: date) -> str:
    """Return a line to cite the page by, as read on a day."""
    parties = listed([plain_name(party) for party in agreement.parties])
    signed = signature(agreement, told)
    parts = [
        f"{agreement.title.best(language())[1]}.",
        say("Parties: %(parties)s.", parties=parties),
        *([say("Signed: %(signature)s.", signature=signed)] if signed else []),
        say("Status on %(day)s: %(status)s.", day=day, status=STATUS_LABELS[told.status]),
        say("%(url)s (accessed on %(day)s)", url=permalink(agreement), day=day),
    ]
    return " ".join(str(said(part)) for part in parts)


def signature(agreement: Agreement, told: Account) -> str:
    """Return place and day of signature, as far as they are known."""
    day = signed_on(told)
    place = agreement.place.best(language())[1] if agreement.place else ""
    return " · ".join(filter(None, (place, "" if day.is_unknown else partial(day))))
