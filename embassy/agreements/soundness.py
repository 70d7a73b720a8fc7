"""What the parts beside the log may not say, each with the field and what is expected there."""

from collections.abc import Collection, Iterator
from datetime import date

from embassy.agreements.acts import circle
from embassy.agreements.log import log_in
from embassy.agreements.terms import StatementKind, Term, TextRole
from embassy.core.facts import Refusal, Values
from embassy.core.messages import say

PARTY = say("The code of a party of this agreement.")
NOT_AHEAD = say("Today or an earlier day.")
ITSELF = say("Another agreement: none does this to itself.")


def unsound(values: Values) -> Iterator[Refusal]:
    """Yield what does not fit together, whenever it is asked."""
    parties = {party["code"] for party in values["parties"]}
    log = log_in({**values, "clause": ()})
    yield from _wrong_relations(values)
    yield from _wrong_term(values)
    yield from _wrong_signatories(values, parties)
    members = circle(log.acts, parties)
    yield from _wrong_statements(values, members)
    yield from _wrong_assessments(values, members)
    yield from _wrong_texts(values)
    for number, guide in enumerate(values["guides"]):
        if guide["form_url"] and guide["form_name"] is None:
            yield Refusal(("guides", number, "form_name"), "", say("A form with an address needs a name."))


def untimely(before: Values | None, after: Values, today: date) -> Iterator[Refusal]:
    """Yield what the day of writing, or the address the record had, does not allow."""
    told = (("statements", "day"), ("guides", "reviewed"), ("assessments", "known_from"))
    for fact, name in told:
        for number, part in enumerate(after[fact]):
            first = getattr(part[name], "earliest", part[name])
            if first is not None and first > today:
                yield Refusal((fact, number, name), part[name], NOT_AHEAD)
    for number, relation in enumerate(after["relations"]):
        if before is not None and relation["other"] == before["slug"] != after["slug"]:
            yield Refusal(("relations", number, "other"), relation["other"], ITSELF)


def _wrong_relations(values: Values) -> Iterator[Refusal]:
    seen: set[tuple[str, str]] = set()
    for number, relation in enumerate(values["relations"]):
        said = relation["kind"], relation["other"]
        if relation["other"] == values["slug"]:
            yield Refusal(("relations", number, "other"), relation["other"], ITSELF)
        elif said in seen:
            expected = say("Each of these once; this one stands here already.")
            yield Refusal(("relations", number, "other"), relation["other"], expected)
        seen.add(said)


def _wrong_term(values: Values) -> Iterator[Refusal]:
    term = values["term"]
    for name, kind in (("term_until", Term.UNTIL), ("term_years", Term.YEARS)):
        if (values[name] is not None) != (term is kind):
            expected = say("Give this where it lasts so long, and only there.")
            yield Refusal((name,), values[name], expected)
    if values["renewal"] and term not in (Term.UNTIL, Term.YEARS):
        yield Refusal(("renewal",), values["renewal"], say("Only an agreement with an end is renewed."))


def _wrong_signatories(values: Values, parties: Collection[str]) -> Iterator[Refusal]:
    for number, one in enumerate(values["signatories"]):
        if one["party"] not in parties:
            yield Refusal(("signatories", number, "party"), one["party"], PARTY)
        if not (one["person"] or one["name"] or one["post"]):
            expected = say("Whoever signed has a person, a name or a post.")
            yield Refusal(("signatories", number, "name"), "", expected)


def _wrong_statements(values: Values, members: Collection[str]) -> Iterator[Refusal]:
    for number, one in enumerate(values["statements"]):
        answered = one["answers"]
        if one["party"] not in members:
            yield Refusal(("statements", number, "party"), one["party"], PARTY)
        if answered is None:
            continue
        if one["kind"] is not StatementKind.OBJECTION:
            expected = say("Only an objection answers another party; leave this empty.")
            yield Refusal(("statements", number, "answers"), answered, expected)
        elif answered == one["party"] or answered not in members:
            expected = say("The code of another party of this agreement.")
            yield Refusal(("statements", number, "answers"), answered, expected)


def _wrong_assessments(values: Values, members: Collection[str]) -> Iterator[Refusal]:
    for number, one in enumerate(values["assessments"]):
        if one["party"] not in members:
            yield Refusal(("assessments", number, "party"), one["party"], PARTY)
        if one["day"].earliest is not None and one["day"].earliest > one["known_from"]:
            expected = say("A day not before the one it speaks of.")
            yield Refusal(("assessments", number, "known_from"), one["known_from"], expected)


def _wrong_texts(values: Values) -> Iterator[Refusal]:
    prevailing = [text["language"] for text in values["texts"] if text["role"] is TextRole.PREVAILING]
    for number, text in enumerate(values["texts"]):
        if not (text["file"] or text["url"]):
            yield Refusal(("texts", number, "file"), "", say("A text has a file, or an address, or both."))
        if text["role"] is TextRole.PREVAILING and text["language"] != prevailing[0]:
            expected = say("The texts in one language prevail; choose another word for this one.")
            yield Refusal(("texts", number, "role"), text["role"], expected)
