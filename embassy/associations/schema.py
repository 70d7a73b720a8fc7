"""An association as schema.org describes it, for search engines."""

from typing import Any

from flask import url_for

from embassy.associations.models import Association
from embassy.web.house import language
from embassy.web.page import absolute


def json_ld(association: Association) -> dict[str, Any]:
    """Return the description of an association."""
    web = {"sameAs": association.web} if association.web else {}
    return {
        "@context": "https://schema.org",
        "@type": "NGO",
        "name": association.title.best(language())[1],
        "description": association.summary.best(language())[1],
        "areaServed": {"@type": "Country", "identifier": association.country},
        "url": absolute(url_for("associations.show", slug=association.slug)),
    } | web
