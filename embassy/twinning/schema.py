"""A charter as schema.org describes it, for search engines."""

from typing import Any

from flask import url_for

from embassy.twinning.models import Charter
from embassy.web.house import language
from embassy.web.page import absolute


def json_ld(charter: Charter) -> dict[str, Any]:
    """Return the description of a charter."""
    signed = {"dateCreated": str(charter.signed)} if charter.signed.is_exact else {}
    return {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "name": charter.title.best(language())[1],
        "description": charter.summary.best(language())[1],
        "inLanguage": language().tag,
        "url": absolute(url_for("twinning.show", slug=charter.slug)),
    } | signed
