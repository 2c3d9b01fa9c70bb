import pytest
from playwright.sync_api import Page, expect

from tests.browser import acting, table
from tests.browser.people import People
from ttt.services.person import Person
from ttt.services.playlists import own as own_playlists
from ttt.services.playlists import playlists
from ttt.services.spotify import playback

pytestmark = pytest.mark.without_charts


@pytest.fixture(autouse=True)
def titles(people: People, person: Person) -> list[str]:
    """Titles of the person's last four weeks."""
    return people.refresh(person)


def test_selected_tracks_become_a_playlist_at_spotify(
    page: Page, people: People, person: Person, titles: list[str]
) -> None:
    page.goto("/top-tracks")
    table.expect_rows(page, 50)
    table.select(page, 1, 3)
    acting.popover(page, "Playlist")
    page.get_by_label("Name").fill("Road trip")
    expect(page.get_by_text("2 tracks, as a private playlist")).to_be_visible()
    acting.press(page, "Send to Spotify")
    expect(page.get_by_text("is at Spotify, with 2 tracks.")).to_be_visible()
    (sent,) = playlists.history(people.context, person)
    contents = own_playlists.contents(people.context, person, sent.spotify_id or "")
    assert [track.title for track in contents.tracks] == [titles[0], titles[2]]


def test_the_history_makes_a_playlist_again_and_compares(
    page: Page, people: People, person: Person
) -> None:
    page.goto("/top-tracks")
    acting.popover(page, "Playlist")
    acting.press(page, "Send to Spotify")
    expect(page.get_by_text("TTT_1 is at Spotify, with 50 tracks.")).to_be_visible()
    page.goto("/spotify")
    acting.press(page, "Compare")
    expect(page.get_by_text("Nothing has changed since it was sent.")).to_be_visible()
    acting.press(page, "Make again")
    expect(page.get_by_text("TTT_2", exact=True)).to_be_visible()
    assert [sent.length for sent in playlists.history(people.context, person)] == [50, 50]


def test_the_list_plays_on_the_device_that_was_chosen(
    page: Page, people: People, person: Person, titles: list[str]
) -> None:
    page.goto("/top-tracks")
    table.expect_rows(page, 50)
    acting.popover(page, "Play")
    expect(page.get_by_role("button", name="Look again")).to_be_enabled()
    expect(page.get_by_text("Nothing plays.")).to_be_visible()
    acting.choose(page, "Device", "Kitchen speaker")
    acting.press(page, "Play 50 tracks")
    expect(page.get_by_text(f"Plays on Kitchen speaker: {titles[0]}")).to_be_visible()
    acting.press(page, "Next")
    expect(page.get_by_text(f"Plays on Kitchen speaker: {titles[1]}")).to_be_visible()
    acting.press(page, "Pause")
    expect(page.get_by_text(f"Paused on Kitchen speaker: {titles[1]}")).to_be_visible()
    now = playback.look(people.context, person).now
    assert now is not None
    assert not now.playing


def test_a_playlist_is_picked_for_trending(page: Page, people: People, person: Person) -> None:
    people.connect(person, "ben")  # has no other playlist, as nobody else here listens as Ben
    page.goto("/trending")
    expect(page.get_by_text("Your list is empty.")).to_be_visible()
    acting.popover(page, "From a Spotify playlist")
    expect(page.get_by_role("combobox", name="Playlist")).to_have_value(
        "Ben's favourites · 120 tracks"
    )
    acting.press(page, "Add all its tracks")
    expect(page.get_by_text("120 added")).to_be_visible()
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
    table.expect_rows(page, 120)
    acting.popover(page, "From a Spotify playlist")
    expect(page.get_by_role("combobox", name="Playlist")).to_have_value(
        "Ben's favourites · 120 tracks"
    )


def test_an_address_in_a_name_is_no_link(page: Page, people: People, person: Person) -> None:
    name = "https://evil.example www.evil.example me@evil.example"
    playlists.send(people.context, person, ["spotify:track:4h9wh7iOZ0GGn8QVp4RAOB"], name)
    page.goto("/spotify")
    shown = page.locator("strong", has_text="evil.example")
    expect(shown).to_be_visible()
    assert (shown.text_content() or "").replace("\u2060", "").startswith(name)
    expect(page.locator("a[href*='evil.example']")).to_have_count(0)
