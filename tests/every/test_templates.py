"""Every template compiles, is used, and leaves nothing for the content policy to stop."""

import re
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import meta, nodes

from embassy.resources import HOUSE, TEMPLATES

NAMES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*") if path.is_file())
INLINE = re.compile(
    r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|<script(?![^>]*\bsrc=)(?![^>]*application/ld\+json)",
    re.IGNORECASE,
)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind of database: no template reads it."""
    return sqlite_url


def used(app: Flask) -> set[str]:
    """Return the templates that the code names and, from there on, that templates name."""
    code = "".join(path.read_text(encoding="utf-8") for path in HOUSE.rglob("*.py"))
    waiting = [name for name in NAMES if f'"{name}"' in code]
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            source = TEMPLATES.joinpath(name).read_text(encoding="utf-8")
            waiting += [one for one in meta.find_referenced_templates(app.jinja_env.parse(source)) if one]
    return found


def forbidden(source: str) -> list[str]:
    """Return the styles, handlers and scripts that stand in a template itself."""
    return [match[0].strip() for match in INLINE.finditer(source)]


@pytest.mark.parametrize("name", NAMES)
def test_a_template_compiles(name: str, app: Flask) -> None:
    assert app.jinja_env.get_template(name).name == name


@pytest.mark.parametrize("name", NAMES)
def test_a_template_has_nothing_inline_and_trusts_no_text(name: str, app: Flask) -> None:
    source = TEMPLATES.joinpath(name).read_text(encoding="utf-8")
    filters = {found.name for found in app.jinja_env.parse(source).find_all(nodes.Filter)}

    assert forbidden(source) == []
    assert "safe" not in filters
    assert "autoescape false" not in source


def test_every_template_is_used(app: Flask) -> None:
    assert used(app) == set(NAMES)


@pytest.mark.parametrize(
    "wrong",
    [
        '<p style="color: red">',
        "<style>",
        "<a onclick='go()'>",
        "<script>",
        '<script type="module">',
        '<a href="javascript:go()">',
    ],
)
def test_what_the_policy_would_stop_is_found(wrong: str) -> None:
    assert forbidden(f"<main>{wrong}</main>") != []


def test_the_stylesheet_and_scripts_fetch_nothing_from_elsewhere() -> None:
    files = [*HOUSE.glob("static/css/*.css"), *HOUSE.glob("static/js/*.js"), *Path(TEMPLATES).rglob("*.html")]
    foreign = re.compile(r"(?:url\(|@import|src=)\s*[\"']?(https?:)?//")

    assert [file.name for file in files if foreign.search(file.read_text(encoding="utf-8"))] == []
    assert len(files) > 10
