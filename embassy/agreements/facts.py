"""What an agreement is made of, fact by fact."""

from embassy.agreements.classification import (
    BINDING_LABELS,
    COLLECTION_LABELS,
    FORM_LABELS,
    KIND_LABELS,
    PARTY_KIND_LABELS,
    SUBJECT_LABELS,
    AgreementKind,
    Binding,
    Collection,
    Form,
    PartyKind,
    Subject,
)
from embassy.agreements.clause import MONTH_END_LABELS, TRIGGER_LABELS, MonthEnd, Trigger
from embassy.agreements.terms import (
    READER_LABELS,
    RELATION_LABELS,
    RENEWAL_LABELS,
    STATEMENT_LABELS,
    TERM_LABELS,
    TEXT_ROLE_LABELS,
    VERDICT_LABELS,
    Reader,
    RelationKind,
    Renewal,
    StatementKind,
    Term,
    TextRole,
    Verdict,
)
from embassy.agreements.vocabulary import (
    ACT_LABELS,
    CONSENT_LABELS,
    INSTRUMENT_LABELS,
    LEVEL_LABELS,
    REQUIREMENT_LABELS,
    SOURCE_LABELS,
    ActType,
    Consent,
    Instrument,
    Level,
    Requirement,
    SourceKind,
)
from embassy.core.access import AUDIENCES, Audience
from embassy.core.composed import Parts, Several, Words
from embassy.core.facts import Fact
from embassy.core.messages import say
from embassy.core.partial import UNKNOWN
from embassy.core.shapes import COUNTRY, WEB, Choice, Day, Document, Instant, Line, Number, Partial, Reference

CODE = Line(
    12, r"[A-Z0-9]+(-[A-Z0-9]+)*", say("Capitals, figures and hyphens, such as BE, BE-VLG or AL-MFA.")
)
MARK = Line(
    60, r"[a-z0-9]+(-[a-z0-9]+)*", say("Small letters a to z, figures and hyphens, such as signed-2013.")
)

LANGUAGE = Line(
    20, r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", say("A language by its code, such as fr, sq or sr-Latn.")
)

PARTY = (
    Fact("code", CODE, say("What acts and steps call it: the country code, or one of yours."), required=True),
    Fact(
        "kind",
        Choice(PartyKind, PARTY_KIND_LABELS),
        say("What signed: the state (or its government), a ministry, a part of a state, an organisation."),
        default=lambda: PartyKind.STATE,
    ),
    Fact("country", COUNTRY, say("Its country; empty for an international organisation."), default=str),
    Fact("name", Words(200), say("Its name as signed, by language, if it is not the state itself.")),
)

STEP = (
    Fact("uid", MARK, say("Its name within this agreement; it never changes."), required=True),
    Fact("party", CODE, say("The party whose body it is."), required=True),
    Fact("body", Words(200), say("The body that assents, by language."), required=True),
    Fact(
        "level",
        Choice(Level, LEVEL_LABELS),
        say("At which level of the state."),
        default=lambda: Level.NATIONAL,
    ),
    Fact("instrument", Choice(Instrument, INSTRUMENT_LABELS), say("The form in which it assents.")),
    Fact(
        "required",
        Choice(Requirement, REQUIREMENT_LABELS),
        say("Whether its assent is needed."),
        required=True,
    ),
    Fact("order", Number(0, 1000), say("Its place among the party's bodies."), default=int),
    Fact("legal_basis", Line(300), say("What makes it competent."), default=str),
    Fact("known_from", Day(), say("The day from which it is known; always, if empty.")),
    Fact("replaces", MARK, say("The step “to be determined” that it settles.")),
)

ACT = (
    Fact("uid", MARK, say("Its name within this agreement; it never changes."), required=True),
    Fact("type", Choice(ActType, ACT_LABELS), say("What was done."), required=True),
    Fact("party", CODE, say("Who did it; empty if all together.")),
    Fact("step", MARK, say("The approval step it belongs to.")),
    Fact(
        "event_date",
        Partial(),
        say("When it was done, as far as the source tells."),
        default=lambda: UNKNOWN,
    ),
    Fact("received", Partial(), say("When the other side received it."), default=lambda: UNKNOWN),
    Fact("effective", Partial(), say("From when it has effect, if another day."), default=lambda: UNKNOWN),
    Fact("scope", Several(Line(80)), say("The articles it concerns; empty for the whole."), default=list),
    Fact("consent", Choice(Consent, CONSENT_LABELS), say("The means of consent to be bound.")),
    Fact("source_kind", Choice(SourceKind, SOURCE_LABELS), say("What documents it."), required=True),
    Fact("citation", Words(400), say("The citation of the source, by language."), required=True),
    Fact("url", WEB, say("The address of the source."), default=str),
    Fact("known_from", Day(), say("The day the source made it public."), required=True),
    Fact("corrects", MARK, say("The act that this one corrects.")),
    Fact("reason", Line(400), say("Why something unusual is right all the same."), default=str),
    Fact(
        "audience", Choice(Audience, AUDIENCES), say("Who may know of it."), default=lambda: Audience.public
    ),
    Fact("shown_from", Instant(), say("Until this moment readers do not know of it; empty for at once.")),
)

CLAUSE = (
    Fact("text", Words(4000), say("The words of the clause, by language.")),
    Fact("article", Line(60), say("Where it stands in the agreement."), default=str),
    Fact(
        "trigger",
        Choice(Trigger, TRIGGER_LABELS),
        say("What it counts from."),
        default=lambda: Trigger.LAST_NOTIFICATION_RECEIVED,
    ),
    Fact("rule", Line(60), say("How it counts, such as first_of_nth_month 3."), default=lambda: "on"),
    Fact("deposits", Number(1, 1000), say("How many deposits it waits for.")),
    Fact("fixed", Day(), say("The fixed date.")),
    Fact("month_end", Choice(MonthEnd, MONTH_END_LABELS), say("What holds where a month is too short.")),
    Fact("floor", Day(), say("The day before which it never enters into force.")),
    Fact("override", Line(400), say("Why it counts although bodies are to be determined."), default=str),
    Fact("verified_by", Line(120), say("Who compared it with the authentic text."), default=str),
)

RELATION = (
    Fact("kind", Choice(RelationKind, RELATION_LABELS), say("What it does to the other one."), required=True),
    Fact("other", Reference("agreement"), say("The other agreement."), required=True),
)

SIGNATORY = (
    Fact("party", CODE, say("The party signed for."), required=True),
    Fact("person", Reference("person"), say("The person, if the directory knows them.")),
    Fact("name", Line(200), say("Otherwise the name, as printed."), default=str),
    Fact("post", Words(200), say("The post held then, by language.")),
)

STATEMENT = (
    Fact("party", CODE, say("The party that made it."), required=True),
    Fact("kind", Choice(StatementKind, STATEMENT_LABELS), say("What it is."), required=True),
    Fact("answers", CODE, say("The party whose statement an objection answers.")),
    Fact("day", Partial(), say("When, as far as it is known."), default=lambda: UNKNOWN),
    Fact("text", Words(4000), say("Its words, by language."), required=True),
    Fact("citation", Words(400), say("The citation of the source, by language."), required=True),
    Fact("url", WEB, say("The address of the source."), default=str),
)

GUIDE = (
    Fact("reader", Choice(Reader, READER_LABELS), say("For whom it is written."), required=True),
    Fact("text", Words(4000), say("What it means for them, in plain words, by language."), required=True),
    Fact("begins", Partial(), say("From when, as far as it is known."), default=lambda: UNKNOWN),
    Fact("form_name", Words(200), say("The form to fill in, by language.")),
    Fact("form_url", WEB, say("The address of the form."), default=str),
    Fact("office", Reference("office"), say("The office to ask.")),
    Fact("reviewed", Day(), say("The day somebody last checked it.")),
)

TEXT = (
    Fact("language", LANGUAGE, say("The language of the text."), required=True),
    Fact(
        "role",
        Choice(TextRole, TEXT_ROLE_LABELS),
        say("What it is worth beside the others."),
        required=True,
    ),
    Fact("file", Document(), say("The text as PDF.")),
    Fact("url", WEB, say("Where it is published, such as in a gazette or a treaty series."), default=str),
)

ASSESSMENT = (
    Fact("party", CODE, say("The party whose implementation is judged."), required=True),
    Fact("verdict", Choice(Verdict, VERDICT_LABELS), say("How far it has come."), required=True),
    Fact("citation", Words(400), say("Who says so: the citation of the source, by language."), required=True),
    Fact("url", WEB, say("The address of the source."), default=str),
    Fact("day", Partial(), say("The day it speaks of, as far as it is known."), default=lambda: UNKNOWN),
    Fact("known_from", Day(), say("The day the source made it public."), required=True),
)

FACTS = (
    Fact("title", Words(300), say("What the agreement is called, by language."), required=True),
    Fact("summary", Words(600), say("One or two sentences for lists, by language."), required=True),
    Fact("guide", Words(8000), say("What it means for people, in plain words, by language.")),
    Fact("kind", Choice(AgreementKind, KIND_LABELS), say("What the instrument is."), required=True),
    Fact("binding", Choice(Binding, BINDING_LABELS), say("Whether it binds; empty where no source tells.")),
    Fact("form", Choice(Form, FORM_LABELS), say("Between two parties or among several."), required=True),
    Fact(
        "collection",
        Choice(Collection, COLLECTION_LABELS),
        say("Whether the service keeps it as its own, as one of others, as an example, or made it up."),
        default=lambda: Collection.OWN,
    ),
    Fact("subjects", Several(Choice(Subject, SUBJECT_LABELS)), say("What it is about."), default=list),
    Fact("place", Words(120), say("Where it was signed, by language.")),
    Fact("term", Choice(Term, TERM_LABELS), say("How long it lasts; empty where no source tells.")),
    Fact("term_until", Day(), say("Its last day, where it lasts until a day.")),
    Fact("term_years", Number(1, 999), say("How many years it lasts, where it lasts for some years.")),
    Fact("renewal", Choice(Renewal, RENEWAL_LABELS), say("How it goes on after its end.")),
    Fact("notice_months", Number(1, 120), say("How many months of notice a party gives to end it.")),
    Fact("parties", Parts(PARTY), say("The parties as signed, in their order."), required=True),
    Fact("steps", Parts(STEP), say("The bodies whose assent the parties need."), default=list),
    Fact("acts", Parts(ACT), say("The log of acts; none is ever deleted."), default=list),
    Fact("clause", Parts(CLAUSE), say("The entry-into-force clause; one at most."), default=list),
    Fact("relations", Parts(RELATION), say("What it does to other agreements."), default=list),
    Fact("signatories", Parts(SIGNATORY), say("Who signed, in the order of signing."), default=list),
    Fact("statements", Parts(STATEMENT), say("Reservations, objections and declarations."), default=list),
    Fact("guides", Parts(GUIDE), say("What it means for each kind of reader."), default=list),
    Fact("texts", Parts(TEXT), say("The texts of the agreement, by language."), default=list),
    Fact("assessments", Parts(ASSESSMENT), say("Who says how far it is implemented."), default=list),
)
