import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import acting
from tests.browser.conftest import Browse
from tests.browser.people import PASSWORD, People
from tests.browser.server import Server
from ttt.errors import NotFound
from ttt.services.accounts import accounts
from ttt.services.lists import lists
from ttt.services.my_data.writing import download

pytestmark = pytest.mark.without_charts


def test_the_data_of_one_account_goes_to_another(
    browse: Browse, server: Server, people: People, tmp_path: Path
) -> None:
    ada, mia = people.add(), people.add()
    lists.create(people.context, ada, "Night drive")
    page = browse(server, people.session(ada))
    page.goto("/account?section=Data")
    file = tmp_path / "ada.zip"
    shutil.copy(acting.downloaded(page, "Download my data"), file)
    page = browse(server, people.session(mia))
    page.goto("/account?section=Data")
    field = page.get_by_label("File of “Download my data”").locator("input")
    acting.choose_file(field, file)
    acting.press(page, "Upload my data")
    expect(page.get_by_text("Lists: 1 added, 1 already there")).to_be_visible()
    assert "Night drive" in {info.name for info in lists.seen_by(people.context, mia)}
    assert download(people.context, mia, mia)


def test_an_account_is_deleted_by_whom_it_belongs_to(
    browse: Browse, server: Server, people: People
) -> None:
    ada = people.add()
    page = browse(server, people.session(ada))
    page.goto("/account?section=Data")
    acting.fold(page, "Delete my account")
    page.get_by_label("Your username").fill(ada.username)
    page.get_by_label("Your password", exact=True).fill(PASSWORD)
    acting.press(page, "Delete my account for good")
    expect(page.get_by_text("Your account is deleted, with everything in it.")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    page.goto("/account?section=Data")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    with pytest.raises(NotFound):
        accounts.find(people.context, ada.username)
