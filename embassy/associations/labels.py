"""What the words of the associations room are called."""

from embassy.associations.models import Interest
from embassy.core.messages import Message, say

INTERESTS: dict[Interest, Message] = {
    Interest.culture: say("Culture"),
    Interest.education: say("Education"),
    Interest.language: say("Language"),
    Interest.literature: say("Literature"),
    Interest.students: say("Students"),
    Interest.youth: say("Youth"),
    Interest.women: say("Women"),
    Interest.sport: say("Sport"),
    Interest.business: say("Business"),
    Interest.charity: say("Charity"),
}
