"""Every address is decided about, or nothing starts."""

import pytest
from flask import Flask

from embassy.web.guard import UnmarkedEndpoint, check_marks, public


def test_an_unmarked_address_stops_the_start() -> None:
    app = Flask("embassy", static_folder=None)
    app.add_url_rule("/open", "open", public("q")(lambda: ""))
    app.add_url_rule("/side", "side_door", lambda: "")
    app.add_url_rule("/back", "back_door", lambda: "")

    with pytest.raises(UnmarkedEndpoint) as refused:
        check_marks(app)

    assert str(refused.value) == "No mark on back_door, side_door: put @public() on the view."


def test_a_mark_says_which_parameters_an_answer_depends_on(site: Flask) -> None:
    check_marks(site)

    assert site.view_functions["events.show"].__dict__ == {"open_to": "public", "queries": frozenset()}
    assert site.view_functions["search.index"].__dict__["queries"] == {"q", "page"}
