"""What the words of the directory are called."""

from embassy.core.messages import Message, say
from embassy.directory.models import OrganisationKind

ORGANISATIONS: dict[OrganisationKind, Message] = {
    OrganisationKind.ministry: say("Ministry"),
    OrganisationKind.parliament: say("Parliament"),
    OrganisationKind.friendship_committee: say("Parliamentary friendship committee"),
    OrganisationKind.embassy: say("Embassy"),
    OrganisationKind.ngo: say("Non-governmental organisation"),
    OrganisationKind.think_tank: say("Think tank"),
    OrganisationKind.consortium: say("Consortium"),
    OrganisationKind.chamber: say("Chamber of commerce"),
    OrganisationKind.agency: say("Public agency"),
    OrganisationKind.media: say("Media"),
    OrganisationKind.municipality: say("Municipality"),
    OrganisationKind.university: say("University"),
    OrganisationKind.international_organisation: say("International organisation"),
    OrganisationKind.federated_entity: say("Federated entity"),
}
