"""Who may call which address: every endpoint is marked, or the service does not start."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, request
from werkzeug.exceptions import (
    BadRequest,
    Forbidden,
    NotFound,
    RequestEntityTooLarge,
    SecurityError,
    Unauthorized,
)

from embassy.core.access import Role, Viewer
from embassy.web.house import house

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
# More than any fact may hold, and little enough to be compared word by word.
LONGEST = 20_000
View = TypeVar("View", bound=Callable[..., Any])


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


def door(view: View) -> View:
    """Mark a view as one through which staff come in: open to everybody, and never kept."""
    view.__dict__["open_to"] = "door"
    return view


def staff(view: View) -> View:
    """Mark a view as open to whoever is signed in."""
    view.__dict__["open_to"] = "staff"
    return view


def listing(*queries: str) -> Callable[[View], View]:
    """Mark a view of staff as a list in pages; `queries` are the parameters that its pages keep."""

    def mark(view: View) -> View:
        view.__dict__["pages_keep"] = frozenset(queries)
        return staff(view)

    return mark


def requires(*roles: Role) -> Callable[[View], View]:
    """Mark a view as open to whoever holds one of these roles, for any mission; the view asks for which."""

    def mark(view: View) -> View:
        view.__dict__["roles"] = frozenset(roles)
        return staff(view)

    return mark


def mark(app: Flask, open_to: str, endpoints: Iterable[str]) -> None:
    """Mark the views that a package brought with it."""
    for endpoint in endpoints:
        app.view_functions[endpoint].__dict__["open_to"] = open_to


def open_to() -> str:
    """Return to whom the address asked for is open: “public”, also where there is none, “door” or “staff”."""
    return str(getattr(_view(), "open_to", "public"))


def _view() -> Callable[..., Any] | None:
    return current_app.view_functions.get(request.endpoint or "")


def only_whom_it_is_for() -> None:
    """Let only members of staff call what is open to their roles; raises Unauthorized or Forbidden."""
    if open_to() != "staff":
        return
    g.member = house().identify()
    if g.member is None:
        raise Unauthorized
    g.viewer = Viewer(staff=True)
    needed = getattr(_view(), "roles", None)
    if needed is not None and not needed & g.member.anywhere:
        raise Forbidden


def for_nobody_else(response: Response) -> Response:
    """Let nobody keep what is not open to everybody (OWASP ASVS 14.2.2)."""
    if open_to() != "public":
        response.headers["Cache-Control"] = "no-store"
    return response


def only_our_own_name() -> None:
    """Refuse a request for another host or port, or one that claims we stand below some path."""
    if request.host != house().settings.host or request.script_root:
        raise SecurityError("This service stands at one address.")


def only_plain_forms() -> None:
    """Take nothing at the desk but what its forms send: no JSON, and no text that no database keeps."""
    if open_to() == "public":
        return
    if "\x00" in request.path:
        raise NotFound
    if request.method == "POST" and request.mimetype not in FORMS:
        raise BadRequest
    for name, value in (*request.args.items(multi=True), *request.form.items(multi=True)):
        if "\x00" in name + value:
            raise BadRequest
        if len(value) > LONGEST:
            raise RequestEntityTooLarge


def check_marks(app: Flask) -> None:
    """Raise UnmarkedEndpoint for a view without a mark (OWASP ASVS 8.2.1: deny by default)."""
    unmarked = [endpoint for endpoint, view in app.view_functions.items() if not hasattr(view, "open_to")]
    if unmarked:
        raise UnmarkedEndpoint(f"No mark on {', '.join(sorted(unmarked))}: put @public() on the view.")
