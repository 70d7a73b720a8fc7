"""What follows from the facts of an association."""

from embassy.associations.models import Association, AssociationTopic


def project(association: Association) -> None:
    """Write each interest down once, for lists to filter by."""
    wanted = dict.fromkeys(str(interest) for interest in association.interests)
    held = {topic.interest: topic for topic in association.topics}
    association.topics = [held.get(word) or AssociationTopic(interest=word) for word in wanted]
