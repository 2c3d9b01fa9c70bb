"""A recap's link opens a page of its cards for anybody, and nothing else for anybody."""

import re
from datetime import date
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.services.plays.histories import made_up
from tests.web.conftest import browser
from ttt.chartdata import Recap
from ttt.services.accounts import accounts, throttle
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays.frame.span import of_year
from ttt.services.plays.measures.recap import recap as measured
from ttt.services.plays.sharing import recap_links
from ttt.web.routes import recaps
from ttt.web.shell import parts


@pytest.fixture(scope="module")
def recap() -> Recap:
    return measured(made_up(3).frame, of_year(2018, date(2018, 11, 28)))


@pytest.fixture
def path(context: Context, ada: Person, recap: Recap) -> str:
    parts = urlsplit(recap_links.make(context, ada, recap).url)
    return f"{parts.path}?{parts.query}"


def test_whoever_has_the_link_sees_the_cards(
    client: TestClient, path: str, context: Context, ada: Person, recap: Recap
) -> None:
    answer = client.get(path)

    assert answer.status_code == 200
    assert answer.text.count("<svg") >= 12
    assert recap.tracks[0].title in answer.text
    ids = re.findall(r' id="([^"]+)"', answer.text)
    assert len(ids) == len(set(ids))
    assert not re.search(r"<script|javascript:|https?://(?!www\.w3\.org)", answer.text)
    assert not {ada.username, ada.name} & set(re.findall(r"\w+", answer.text))
    assert "Shown by Top Track Tracker: these cards, and nothing else." in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "noindex" in answer.headers["x-robots-tag"]
    assert "set-cookie" not in answer.headers


def test_the_page_asks_for_the_font_of_the_app_and_nothing_else(
    client: TestClient, path: str
) -> None:
    answer = client.get(path)
    asked = set(re.findall(r"url\(([^)#]+)\)", answer.text)) | set(
        re.findall(r'(?:src|href)="([^"#]+)"', answer.text)
    )
    assert asked == {f"/{parts.font()}"}
    assert "font-src 'self'" in answer.headers["content-security-policy"]
    assert (parts.package("streamlit") / "static" / parts.font()).stat().st_size > 100_000
    assert parts.font() in (parts.package("streamlit") / "static" / "index.html").read_text()


@pytest.mark.parametrize("query", ["", "?link=", "?link=wrong", "?link=" + "x" * 5_000])
def test_any_other_address_shows_nothing(client: TestClient, path: str, query: str) -> None:
    answer = client.get(f"{recap_links.PATH}{query}")
    assert answer.status_code == 404
    assert "<svg" not in answer.text
    assert "these cards" not in answer.text


def test_an_ended_link_shows_nothing(
    client: TestClient, path: str, context: Context, ada: Person
) -> None:
    assert client.get(path).status_code == 200
    (link,) = recap_links.listed(context, ada)
    recap_links.end(context, ada, link.id)
    assert client.get(path).status_code == 404


def test_the_link_of_a_disabled_account_shows_nothing(
    client: TestClient, path: str, context: Context
) -> None:
    accounts.set_disabled(context, accounts.operator(context), "ada", True)
    assert client.get(path).status_code == 404


def test_titles_are_shown_letter_by_letter(recap: Recap) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    names = {field: getattr(recap, field) for field in Recap.__dataclass_fields__}
    page = recaps.page(Recap(**names | {"name": hostile, "dates": hostile}))
    assert "<img" not in page
    assert "&lt;img" in page


def test_who_guesses_has_to_wait(context: Context, path: str) -> None:
    client = browser(context)
    codes = [
        client.get(f"{recap_links.PATH}?link={n}").status_code
        for n in range(throttle.FREE_BY_ADDRESS + 3)
    ]
    assert codes[0] == 404
    assert codes[-1] == 429


def test_one_address_asks_for_so_many_pages_a_minute(context: Context, path: str) -> None:
    now = [0.0]
    app = Starlette(routes=recaps.routes(context, lambda: now[0]))
    client = TestClient(app, context.settings.base_url)
    codes = {client.get(path).status_code for _ in range(30)}
    assert codes == {200}
    refused = client.get(path)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "60")
    now[0] = 60.0
    assert client.get(path).status_code == 200
