"""Who may call which address: every endpoint is marked, or the service does not start."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, request
from werkzeug.exceptions import SecurityError

from embassy.web.house import house

View = TypeVar("View", bound=Callable[..., Any])

PACKAGE_ENDPOINTS = frozenset({"static"})


class UnmarkedEndpoint(RuntimeError):
    """An address that nobody decided about."""


def public(*queries: str) -> Callable[[View], View]:
    """Mark a view as open to everybody; `queries` are the parameters its answer depends on.

    An answer to any other parameter is not kept by the freshness store.
    """

    def mark(view: View) -> View:
        view.__dict__["open_to"] = "public"
        view.__dict__["queries"] = frozenset(queries)
        return view

    return mark


def only_our_own_name() -> None:
    """Refuse a request for another host or port, or one that claims we stand below some path."""
    if request.host != house().settings.host or request.script_root:
        raise SecurityError("This service stands at one address.")


def check_marks(app: Flask) -> None:
    """Raise UnmarkedEndpoint for a view without a mark (OWASP ASVS 8.2.1: deny by default)."""
    unmarked = [
        endpoint
        for endpoint, view in app.view_functions.items()
        if not hasattr(view, "open_to") and endpoint not in PACKAGE_ENDPOINTS
    ]
    if unmarked:
        raise UnmarkedEndpoint(f"No mark on {', '.join(sorted(unmarked))}: put @public() on the view.")
