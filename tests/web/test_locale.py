"""The reader's language, from the address or from the browser."""

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient

from embassy.core.messages import Message, say, say_many
from embassy.web.locale import cldr, negotiate, translate
from tests.rooms import ADDRESS


@pytest.mark.parametrize(
    ("wish", "tag"),
    [
        ("", "en"),
        ("sq", "sq"),
        ("fr-BE, nl;q=0.8", "fr"),
        ("nl;q=0.5, de;q=0.9", "de"),
        ("zh-Hant, ja;q=0.9, ar;q=0.1", "ar"),
        ("zh", "en"),
        ("*", "en"),
        ("sq;q=0, fr", "fr"),
        ("sq;q=0", "en"),
        ("EN-us", "en"),
        ("sr", "sr"),
        ("sr-RS", "sr"),
        ("sr-Cyrl-RS", "sr"),
        ("sr-Latn", "sr-Latn"),
        ("sr-Latn-ME", "sr-Latn"),
        ("SR-LATN", "sr-Latn"),
        ("hr", "sr-Latn"),
        ("bs-Latn-BA", "sr-Latn"),
        ("sh", "sr-Latn"),
        ("cnr", "sr-Latn"),
        (";;;,,,=", "en"),
        ("a" * 5000, "en"),
        ("fr;q=nan, sq", "sq"),
    ],
)
def test_the_browser_gets_the_language_it_wishes_most(
    site: Flask, reader: FlaskClient, wish: str, tag: str
) -> None:
    with site.test_request_context("/", base_url=ADDRESS, headers={"Accept-Language": wish}):
        assert negotiate().tag == tag

    answer = reader.get("/", headers={"Accept-Language": wish})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/{tag}/")
    assert answer.headers["Vary"] == "Accept-Language"


@pytest.mark.parametrize(
    ("tag", "direction", "locale"),
    [
        ("en", "ltr", "en_GB"), ("sq", "ltr", "sq"), ("fr", "ltr", "fr"), ("nl", "ltr", "nl"),
        ("de", "ltr", "de"), ("sr", "ltr", "sr"), ("sr-Latn", "ltr", "sr_Latn"), ("ar", "rtl", "ar"),
    ],
)  # fmt: skip
def test_the_address_says_the_language(
    site: Flask, reader: FlaskClient, tag: str, direction: str, locale: str
) -> None:
    page = reader.get(f"/{tag}/events").text

    with site.test_request_context(f"/{tag}/events", base_url=ADDRESS):
        site.preprocess_request()
        assert (str(cldr()), url_for("events.show", slug="x")) == (locale, f"/{tag}/events/x")
    assert f'<html lang="{tag}" dir="{direction}"' in page


@pytest.mark.parametrize("tag", ["xx", "EN", "en-GB", "sr_Latn", "sr-Cyrl", "en%00", "%2e%2e"])
def test_no_other_first_part_of_an_address_is_a_language(reader: FlaskClient, tag: str) -> None:
    assert reader.get(f"/{tag}/events").status_code == 404


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (say("Figures."), "Figures."),
        (say("Nine of %(what)s.", what=say("ten")), "Nine of ten."),
        (say_many("%(num)d day %(where)s", "%(num)d days %(where)s", 1, where="here"), "1 day here"),
        (say_many("%(num)d day %(where)s", "%(num)d days %(where)s", 2, where=say("there")), "2 days there"),
    ],
)
def test_a_sentence_is_told_with_its_values(site: Flask, sentence: Message, told: str) -> None:
    with site.test_request_context("/en/", base_url=ADDRESS):
        site.preprocess_request()
        assert translate(sentence) == told
