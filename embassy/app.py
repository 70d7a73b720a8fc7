"""The application factory."""

from hashlib import sha256
from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from embassy import config, deployment, resources
from embassy.accounts import security
from embassy.db.database import Database
from embassy.db.kinds import Kinds
from embassy.desk.adding import bp as additions
from embassy.desk.many import bp as desk
from embassy.desk.preview import bp as preview
from embassy.desk.privacy import bp as privacy
from embassy.desk.sheets import bp as sheets
from embassy.front.views import bp as front
from embassy.rooms import ROOMS
from embassy.search.views import bp as search
from embassy.web import errors, formats, guard, locale, log, page, records
from embassy.web.freshness import Freshness
from embassy.web.headers import SecurityHeaders
from embassy.web.house import House, close_session

STATIC = Path(__file__).parent / "static"


def build(settings: config.Settings) -> House:
    """Put the house together, without the web: what commands and pages share."""
    plan = deployment.read(settings.deployment)
    if unknown := [name for name in plan.rooms if name not in ROOMS]:
        raise deployment.DeploymentError(f"{settings.deployment}, key service.rooms: no room “{unknown[0]}”.")
    rooms = {name: ROOMS[name] for name in plan.rooms}
    kinds = Kinds(kind for room in rooms.values() for kind in room.kinds)
    return House(settings, plan, Database(settings.database_url), rooms, kinds, _versions())


def create_app(settings: config.Settings | None = None) -> Flask:
    """Return the service, ready to be served; refuses to start when anything is set wrongly."""
    settings = settings or config.read()
    house = build(settings)
    app = Flask("embassy", static_folder=None, template_folder=str(resources.TEMPLATES))
    app.config.update(SECRET_KEY=settings.secret_key)
    app.config.update(MAX_CONTENT_LENGTH=20 * 1024 * 1024, MAX_FORM_PARTS=6000)
    app.config["TRUSTED_HOSTS"] = [settings.host.partition(":")[0]]
    app.extensions["embassy"] = house
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["asset"] = lambda name: f"/static/{name}?v={house.assets.get(name, '')}"
    app.jinja_env.globals.update(
        address=page.address, absolute=page.absolute, asked=page.asked, linked=records.linked
    )
    for part in (locale, formats, errors):
        part.init(app)
    app.context_processor(page.furniture)
    app.before_request(guard.only_our_own_name)
    app.before_request(guard.only_plain_forms)
    security.init(app)
    app.before_request(guard.only_whom_it_is_for)
    app.after_request(guard.for_nobody_else)
    app.teardown_appcontext(close_session)
    rooms = (room.blueprint for room in house.rooms.values())
    for blueprint in (front, search, desk, additions, sheets, preview, privacy, *rooms):
        app.register_blueprint(blueprint)
    guard.check_marks(app)
    _wrap(app, house)
    return app


def _wrap(app: Flask, house: House) -> None:
    """Put the store, the files, the headers and the log in front of Flask, from inside out."""
    fresh = Freshness(app.wsgi_app, house.database, house.settings.host)
    app.extensions["embassy.freshness"] = fresh
    files = WhiteNoise(fresh, root=str(STATIC), prefix="static/", max_age=31_536_000)
    secure = house.settings.public_url.startswith("https")
    outside = log.Requests(SecurityHeaders(files, secure=secure))
    proxies = house.settings.proxies
    wrapped = ProxyFix(outside, x_for=proxies, x_proto=proxies, x_host=proxies) if proxies else outside
    app.wsgi_app = wrapped  # type: ignore[method-assign]


def _versions() -> dict[str, str]:
    return {
        str(file.relative_to(STATIC)): sha256(file.read_bytes()).hexdigest()[:12]
        for file in STATIC.rglob("*")
        if file.is_file()
    }
