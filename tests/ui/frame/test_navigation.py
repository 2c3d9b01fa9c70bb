from collections.abc import Callable
from typing import TypeVar

import pytest

from tests.ui.conftest import play
from ttt.settings import PROJECT
from ttt.ui.frame import navigation

NOW, MAKE = ["top-tracks", "trending"], ["discover", "builder"]
OVER_TIME = ["listening", "mood", "my-charts", "discoveries", "recap", "together"]
LINKED = ["track", "artist", "album", "genre"]
YOURS = ["imports", "spotify", "account", "admin"]
PATHS = ["", *NOW, *OVER_TIME, *LINKED, *MAKE, *YOURS]
LISTED = [path for path in PATHS if path not in LINKED]
T = TypeVar("T")


def in_a_page(question: Callable[[], T]) -> T:
    """The answer to a question that can be asked only while a page runs."""
    answers: list[T] = []
    app = play(lambda: answers.append(question()))
    assert not app.exception
    return answers[-1]


def test_every_page_has_its_path() -> None:
    assert in_a_page(lambda: [p.url_path for p in navigation.pages(is_admin=True)]) == PATHS


def test_every_file_in_pages_is_in_the_table() -> None:
    files = {page.stem.replace("_", "-") for page in (PROJECT / "pages").glob("*.py")}
    assert files == {path or "home" for path in PATHS}


@pytest.mark.parametrize(("is_admin", "listed"), [(True, LISTED), (False, LISTED[:-1])])
def test_the_admin_page_is_listed_for_admins_only(is_admin: bool, listed: list[str]) -> None:
    pages = in_a_page(
        lambda: [(page.url_path, page.visibility) for page in navigation.pages(is_admin)]
    )
    assert [path for path, _ in pages] == PATHS
    assert [path for path, visibility in pages if visibility == "visible"] == listed


def test_a_page_of_one_thing_is_led_to_by_links_only() -> None:
    pages = in_a_page(
        lambda: [(page.url_path, page.visibility) for page in navigation.pages(is_admin=True)]
    )
    assert [path for path, visibility in pages if visibility == "hidden"] == LINKED


def test_before_signing_in_every_path_leads_to_the_form() -> None:
    pages = in_a_page(
        lambda: [(p.url_path, p.visibility) for p in navigation.sign_in_pages(lambda: None)]
    )
    assert pages == [(path, "hidden") for path in PATHS]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_found_by_its_path(path: str) -> None:
    assert in_a_page(lambda: navigation.page(path).url_path) == path


def test_pages_are_listed_in_groups_with_home_above_them() -> None:
    groups = in_a_page(
        lambda: {
            name: [page.url_path for page in pages]
            for name, pages in navigation.grouped(is_admin=True).items()
        }
    )
    assert groups == {
        "": [""],
        navigation.NOW: NOW,
        navigation.OVER_TIME: [*OVER_TIME, *LINKED],
        navigation.MAKE: MAKE,
        navigation.YOURS: YOURS,
    }
