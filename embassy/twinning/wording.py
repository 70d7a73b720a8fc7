"""How a charter is told in the language of the page."""

from datetime import date

from embassy.core.partial import PartialDate
from embassy.twinning.labels import STATUSES
from embassy.twinning.models import Charter, CharterStatus
from embassy.web.formats import partial
from embassy.web.locale import _, translate

MARKS = {
    CharterStatus.in_preparation: "open",
    CharterStatus.active: "good",
    CharterStatus.dormant: "unknown",
    CharterStatus.ended: "over",
}


def told(charter: Charter, today: date) -> tuple[str, str]:
    """Return the shape and the sentence of a charter's status.

    A signing announced for a day that has passed tells no more than the announcement did.
    """
    mark, status = MARKS[charter.status], translate(STATUSES[charter.status])
    if not charter.signed.is_unknown:
        return mark, _("%(status)s; signed: %(day)s", status=status, day=partial(charter.signed))
    announced: PartialDate = charter.announced_for
    if announced.is_unknown:
        return mark, status
    if announced.latest is not None and announced.latest < today:
        return "unknown", _("Signing announced for %(day)s; outcome not recorded", day=partial(announced))
    return "open", _("Signing announced for %(day)s", day=partial(announced))
