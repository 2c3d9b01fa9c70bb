import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import acting, table
from tests.browser.conftest import Browse
from tests.browser.people import People
from tests.browser.server import Server
from tests.surroundings.answering import Services, spotify_id
from ttt.found import Source
from ttt.services.lists import entries
from ttt.services.person import Person

pytestmark = pytest.mark.without_charts

BONES, FERRARI = "0HqZX76SFLDz2aW8aiqi7G", "4zN21mbAuaD0WqtmaTZZeP"


@pytest.fixture
def saved(people: People, person: Person) -> None:
    """Two tracks of the catalogue on the person's list."""
    entries.add(people.context, person, [BONES, FERRARI])


@pytest.fixture
def services() -> Iterator[Services]:
    """ReccoBeats on this machine."""
    with Services.served() as services:
        yield services


def value(page: Page, name: str) -> Locator:
    """What the panel says of one value."""
    return page.locator(".ttt-values > div").filter(has=page.get_by_text(name, exact=True))


def field(page: Page, label: str) -> Locator:
    acting.settled(page)  # a field of the run before may still stand beside its successor
    return page.get_by_test_id("stForm").get_by_label(label, exact=True)


def sources(people: People, person: Person) -> set[Source]:
    row = entries.listed(people.context, person)[0]
    return {value.source for value in row.values.values()}


@pytest.mark.usefixtures("saved")
def test_values_of_a_ticked_track_are_set_by_hand_and_taken_back(
    page: Page, people: People, person: Person
) -> None:
    page.goto("/trending?view=table")
    table.expect_rows(page, 2)
    table.expect_column(page, "Source", ["C", "C"])
    table.select(page, 1)
    acting.popover(page, "Details")
    expect(value(page, "Energy")).to_contain_text("catalogue, 2022")
    field(page, "Energy").fill("0.25")
    acting.press(page, "Save values")
    expect(value(page, "Energy")).to_contain_text("0.25 Low energy")
    expect(value(page, "Energy")).to_contain_text("set by hand")
    table.expect_column(page, "Source", ["C, energy H", "C"])
    assert sources(people, person) == {Source.HAND, Source.CATALOGUE}
    acting.press(page, "Take back")
    expect(value(page, "Energy")).to_contain_text("catalogue, 2022")
    expect(field(page, "Energy")).to_have_value("")
    assert sources(people, person) == {Source.CATALOGUE}


@pytest.mark.usefixtures("saved")
def test_a_cleared_field_is_taken_back(page: Page, people: People, person: Person) -> None:
    page.goto("/trending")
    table.expect_rows(page, 2)
    table.select(page, 1)
    acting.popover(page, "Details")
    field(page, "Energy").fill("0.25")
    field(page, "Tempo").fill("91")
    acting.press(page, "Save values")
    expect(value(page, "Tempo")).to_contain_text("set by hand")
    field(page, "Energy").fill("")
    acting.press(page, "Save values")
    expect(value(page, "Energy")).to_contain_text("catalogue, 2022")
    expect(value(page, "Tempo")).to_contain_text("set by hand")


@pytest.mark.usefixtures("saved")
def test_genres_narrow_the_table_until_they_are_taken_away(
    page: Page, people: People, person: Person
) -> None:
    bones, ferrari = entries.listed(people.context, person)
    assert set(bones.genres).isdisjoint(ferrari.genres)
    page.goto("/trending")
    table.expect_rows(page, 2)
    acting.popover(page, "Genre")
    acting.choose(page, "Genres", ferrari.genres[0], exact=True)
    table.expect_rows(page, 1)
    table.expect_column(page, "Title", ["Ferrari"])
    page.reload()
    table.expect_rows(page, 1)
    page.get_by_role("radio", name=ferrari.genres[0]).click()
    table.expect_rows(page, 2)


@pytest.mark.usefixtures("saved")
def test_the_values_of_an_uploaded_file_come_first_until_it_is_forgotten(
    page: Page, tmp_path: Path
) -> None:
    path = tmp_path / "values.csv"
    path.write_text(f"Track URI,Energy\nspotify:track:{BONES},0.25\nnonsense,0.5\n")
    page.goto("/account?section=Sources")
    uploader = page.get_by_role("region", name="File with values")
    acting.choose_file(uploader.get_by_label("file upload"), path)
    acting.press(page, "Import values")
    expect(page.get_by_text("1 row taken, of 1 track · 1 refused")).to_be_visible()
    expect(page.get_by_text("Row 3: This row names no track")).to_be_visible()
    page.get_by_role("link", name="Trending").click()
    acting.press(page, "Table")
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    table.expect_column(page, "Source", ["C, energy F", "C"])
    page.get_by_role("link", name="Account").click()
    acting.popover(page, "Forget my file")
    acting.press(page, "Yes, forget it")
    expect(page.get_by_text("Your file's values are gone.")).to_be_visible()
    page.get_by_role("link", name="Trending").click()
    table.expect_column(page, "Source", ["C", "C"])


def test_a_files_values_are_of_the_day_when_it_was_written(
    page: Page, people: People, person: Person, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"Track URI,Energy\nspotify:track:{BONES},0.25\n")
    written = datetime(2025, 2, 12, 12, tzinfo=UTC)
    os.utime(path, (written.timestamp(), written.timestamp()))
    page.goto("/trending")
    acting.popover(page, "Upload a file")
    acting.choose_file(page.get_by_label("file upload"), path)
    acting.press(page, "Import")
    expect(page.get_by_text("energy of 1")).to_be_visible()
    (row,) = entries.listed(people.context, person)
    assert row.values["energy"].observed_at == written


def test_values_that_come_in_the_background_appear_by_themselves(
    browse: Browse, services: Services, tmp_path: Path
) -> None:
    services.hold(1)
    environment = {"TTT_FEATURE_PROVIDERS": "reccobeats", "TTT_RECCOBEATS_URL": services.url}
    with Server(tmp_path, **environment) as server, People(server) as people:
        page = browse(server, people.session(people.add()))
        page.goto("/trending")
        ids = "\n".join(map(spotify_id, range(1, 4)))
        acting.popover(page, "Paste links")
        page.get_by_label("Link, URI or ID").fill(ids)
        acting.press(page, "Add")
        expect(page.get_by_text("3 added")).to_be_visible()
        expect(page.get_by_text("0 of 3 tracks looked up, 3 on the way")).to_be_visible()
        services.wait_until_held()
        services.let_go()
        expect(page.get_by_text("3 of 3 tracks have energy · source: ReccoBeats")).to_be_visible()
        expect(page.get_by_text("looked up")).to_have_count(0)
        table.expect_column(page, "Energy", ["0.01", "0.02", "0.03"])
