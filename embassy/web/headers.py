"""Headers every answer carries, errors and files too (OWASP ASVS 3.4)."""

from collections.abc import Callable, Iterable
from typing import Any

from embassy.web.answer import Environ, StartResponse

SECURITY = (
    (
        "Content-Security-Policy",
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)
TRANSPORT = ("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
SHARED = "Cross-Origin-Resource-Policy"


class SecurityHeaders:
    """WSGI outside everything else: puts the headers on whatever the service answers.

    Answers that any site may read (feeds, marked by `Access-Control-Allow-Origin`) are cross-origin
    resources; all others stay with this site.
    """

    def __init__(self, application: Callable[..., Iterable[bytes]], *, secure: bool) -> None:
        self.application = application
        self.headers = [*SECURITY, TRANSPORT] if secure else [*SECURITY]

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            names = {name.lower() for name, _ in headers}
            policy = "cross-origin" if "access-control-allow-origin" in names else "same-origin"
            added = [(name, value) for name, value in self.headers if name.lower() not in names]
            return start_response(status, [*headers, *added, (SHARED, policy)], *rest)

        return self.application(environ, start)
