"""The servers behind the tests do what the tests rely on."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from sqlalchemy import create_engine, text

from tests.servers import NuChecker, PostgreSQL

PAGE = """<!DOCTYPE html>
<html lang="en" dir="ltr">
<head><meta charset="utf-8"><title>Door</title></head>
<body><main><h1>Door</h1>{}</main></body>
</html>"""


def test_each_test_has_a_database_of_its_own(database_url: str) -> None:
    engine = create_engine(database_url)

    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE guestbook (id integer)"))
        found = connection.execute(text("SELECT count(*) FROM guestbook")).scalar()

    assert found == 0
    engine.dispose()


def test_a_database_begins_with_what_its_template_holds(postgresql: PostgreSQL) -> None:
    template = postgresql.create()
    engine = create_engine(postgresql.url(template))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE guestbook AS SELECT 7 AS id"))
    engine.dispose()

    copied = create_engine(postgresql.url(postgresql.create(template)))

    with copied.connect() as connection:
        assert connection.execute(text("SELECT id FROM guestbook")).scalars().all() == [7]
    copied.dispose()


def test_the_checker_accepts_html_of_today(nu_checker: NuChecker) -> None:
    modern = (
        '<search><form action="/"><label>Act <input inputmode="numeric"></label></form></search>'
        '<p id="hint" popover>Hint</p><button popovertarget="hint">Hint</button>'
        '<img src="/a.png" alt="" loading="lazy" fetchpriority="low">'
        '<details name="acts"><summary>Acts</summary><p>Ratified</p></details>'
    )

    assert nu_checker.complaints(PAGE.format(modern)) == []


def test_the_checker_names_the_line_of_a_mistake(nu_checker: NuChecker) -> None:
    wrong = PAGE.format('<p id="a">One</p>\n<p id="a">Two</p>')

    assert nu_checker.complaints(wrong)[0] == "line 5: Duplicate ID “a”."


def test_axe_finds_a_field_without_a_label(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(PAGE.format("<input>"))

    found = Axe().run(page)

    assert [violation["id"] for violation in found.response["violations"]] == ["label"]
    page.context.close()
