"""How tests read the pages of agreements."""

import re
from html import unescape

from flask.testing import FlaskClient


def words(page: str) -> str:
    """Return the words of a page, without its markup and what only drawings say of themselves."""
    seen = re.sub(r"<(title|desc)\b.*?</\1>", " ", page.partition("<main")[2], flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", seen)).split())


def read(client: FlaskClient, path: str) -> str:
    """Return the words a reader sees at an address."""
    response = client.get(path)
    assert response.status_code == 200, path
    return words(response.get_data(as_text=True))


def titles(client: FlaskClient, query: str = "") -> list[str]:
    """Return the titles of a list in their order."""
    page = client.get(f"/en/agreements{query}").get_data(as_text=True)
    return re.findall(r'<th scope="row"><a [^>]+>([^<]+)</a>', page)


def header(client: FlaskClient, path: str) -> str:
    """Return what stands between the title of a page and its text."""
    page = client.get(path).get_data(as_text=True)
    return words("<main" + page.partition("</h1>")[2].partition('<div class="columns')[0])
