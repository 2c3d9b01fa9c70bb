from datetime import timedelta

import pytest
from sqlmodel import select as select_rows
from streamlit.testing.v1 import AppTest

from tests.services.conftest import Clock
from tests.ui.conftest import (
    ListeningSpotify,
    Open,
    Visitor,
    click,
    figures,
    fill,
    labels,
    play,
    select,
    unfold,
    words,
)
from ttt.errors import RateLimited, SpotifyUnavailable
from ttt.found import FoundTrack
from ttt.models import Track
from ttt.services.context import Context
from ttt.services.lists import entries, imports, lists
from ttt.services.person import Person
from ttt.services.spotify import search
from ttt.ui.frame import notices
from ttt.ui.lists import adding

WORRIED = "4h9wh7iOZ0GGn8QVp4RAOB"
UNKNOWN = "0" * 22


@pytest.fixture
def saved(context: Context, ada: Person) -> list[str]:
    """URIs on Ada's list, newest first."""
    ids = [WORRIED, "4zN21mbAuaD0WqtmaTZZeP", "0HqZX76SFLDz2aW8aiqi7G"]
    entries.add(context, ada, ids)
    return [f"spotify:track:{spotify_id}" for spotify_id in ids]


def uris(context: Context, person: Person) -> list[str]:
    return [row.uri for row in entries.listed(context, person)]


def test_an_empty_list_says_what_to_do_and_shows_no_charts(open_page: Open) -> None:
    app = open_page("trending")
    assert not app.exception
    assert "Your list is empty." in words(app)
    assert figures(app) == []
    assert "Remove" not in labels(app)


def test_a_list_is_shown_with_its_charts_and_actions(open_page: Open, saved: list[str]) -> None:
    app = open_page("trending")
    assert not app.exception
    assert len(figures(app)) >= 7
    (frame,) = (frame.value for frame in app.dataframe)
    assert list(frame["Title"]) == ["I Ain't Worried", "Ferrari", "Bones"]
    assert "Yes, remove all" in labels(app)
    assert "Remove" in labels(select(app, 0))


def test_links_are_added_and_each_line_is_counted(
    open_page: Open, context: Context, ada: Person, saved: list[str]
) -> None:
    app = open_page("trending")
    fill(app, {"Link, URI or ID": f"{WORRIED}\nhttps://example.org\n\n{UNKNOWN}"})
    click(app, "Add")
    assert "1 added · 1 already in your list · 1 refused" in words(app)
    assert "Row 2: This is no Spotify link, URI or id" in words(app)
    assert uris(context, ada) == [f"spotify:track:{UNKNOWN}", *saved]
    assert f"Not described yet: spotify:track:{UNKNOWN}" in set(app.dataframe[0].value["Title"])


def test_nothing_pasted_adds_nothing(open_page: Open) -> None:
    assert "Nothing to add: paste at least one link." in words(click(open_page("trending"), "Add"))


def test_without_spotify_the_catalogue_is_searched(
    open_page: Open, context: Context, ada: Person
) -> None:
    app = open_page("trending")
    fill(app, {"Search": "worried onerepublic"})
    app.run()
    assert "found in: catalogue, 2022" in words(app)


def test_what_was_found_is_put_on_the_list_and_off_again(
    context: Context, ada: Person, visitor: Visitor
) -> None:
    found = search.search(context, ada, "worried onerepublic")
    trending = lists.seen_by(context, ada)[0].id
    uri = f"spotify:track:{WORRIED}"
    play(lambda: adding.press(ada, found, trending, uri, True))
    assert uris(context, ada) == [uri]
    play(lambda: adding.press(ada, found, trending, uri, False))
    assert uris(context, ada) == []


def test_a_search_that_finds_nothing_says_so(open_page: Open) -> None:
    app = open_page("trending")
    fill(app, {"Search": "no such song anywhere"})
    assert "Nothing found." in words(app.run())


def test_a_search_goes_on_in_the_catalogue_when_spotify_fails(
    open_page: Open, adas_spotify: ListeningSpotify
) -> None:
    adas_spotify.error = SpotifyUnavailable()
    app = open_page("trending")
    fill(app, {"Search": "worried"})
    app.run()
    assert "Spotify is not available." in words(app)
    assert "found in: catalogue, 2022" in words(app)


def test_a_search_that_spotify_did_not_answer_says_only_what_the_catalogue_lacks(
    open_page: Open, adas_spotify: ListeningSpotify
) -> None:
    adas_spotify.error = SpotifyUnavailable()
    app = open_page("trending")
    fill(app, {"Search": "no such song anywhere"})
    assert "There is nothing of that name in the catalogue either." in words(app.run())
    assert "Nothing found." not in words(app)


def test_a_link_added_while_spotify_is_away_says_why_it_has_no_name(
    open_page: Open, adas_spotify: ListeningSpotify, context: Context, ada: Person
) -> None:
    app = open_page("trending")
    adas_spotify.error = SpotifyUnavailable()
    fill(app, {"Link, URI or ID": UNKNOWN})
    click(app, "Add")
    assert "Spotify is not available." in words(app)
    assert uris(context, ada) == [f"spotify:track:{UNKNOWN}"]


def test_what_is_selected_is_removed_and_comes_back_in_its_place(
    open_page: Open, context: Context, ada: Person, saved: list[str]
) -> None:
    app = select(open_page("trending"), 1)
    click(app, "Remove")
    assert "Removed 1 track." in words(app)
    assert uris(context, ada) == [saved[0], saved[2]]
    click(app, "Undo")
    assert uris(context, ada) == saved


def test_an_id_that_is_none_and_was_stored_long_ago_stops_no_page_and_can_be_removed(
    open_page: Open, context: Context, ada: Person, saved: list[str]
) -> None:
    with context.session() as session:
        track = session.exec(select_rows(Track).where(Track.spotify_id == saved[0][-22:])).one()
        track.spotify_id = "short"
        session.commit()
    app = open_page("trending")
    assert not app.exception
    assert len(app.dataframe[0].value) == 3
    click(select(app, 0), "Remove")
    assert "Removed 1 track." in words(app)
    assert uris(context, ada) == saved[1:]


def test_a_track_of_somebody_elses_is_saved_as_ones_own(
    open_page: Open, context: Context, ada: Person, bob: Person
) -> None:
    entries.add(context, bob, [WORRIED])
    app = open_page("trending")
    app.get("button_group")[0].set_value("Saved by everyone").run()
    select(app, 0)
    click(app, "Add to trending")
    assert "1 added" in words(app)
    assert uris(context, ada) == [f"spotify:track:{WORRIED}"]


def test_remove_all_can_be_undone(
    open_page: Open, context: Context, ada: Person, saved: list[str]
) -> None:
    app = open_page("trending")
    assert "Take all 3 tracks off this list?" in words(app)
    click(app, "Yes, remove all")
    assert "Removed 3 tracks." in words(app)
    assert uris(context, ada) == []
    click(app, "Undo")
    assert uris(context, ada) == saved
    assert "Undo" not in labels(app)


def test_an_undo_that_came_too_late_says_so_and_shows_what_is_there(
    open_page: Open, context: Context, ada: Person, saved: list[str]
) -> None:
    app = click(open_page("trending"), "Yes, remove all")
    entries.add_uris(context, ada, saved)
    click(app, "Undo")
    assert not app.exception
    assert [toast.value for toast in app.toast if "nothing to put back" in toast.value]
    assert len(app.dataframe[0].value) == 3


@pytest.mark.parametrize("done", ["Yes, remove all", "Sort list", "Delete list", "Add"])
def test_what_was_meant_for_a_list_that_is_gone_meanwhile_reaches_no_other(
    done: str, open_page: Open, context: Context, ada: Person, saved: list[str]
) -> None:
    made = lists.create(context, ada, "Road trip")
    entries.add_uris(context, ada, saved[:2], made)
    app = open_page("trending", list=str(made))
    fill(app, {"Link, URI or ID": WORRIED})
    lists.delete(context, ada, made)
    click(app, done)
    assert not app.exception
    assert "list" not in app.query_params
    assert any("That list is gone" in toast.value for toast in app.toast)
    assert uris(context, ada) == saved
    if done == "Add":
        assert app.text_area[0].value == WORRIED


def test_everyones_list_says_who_saved_what_and_removes_nothing(
    open_page: Open, context: Context, bob: Person
) -> None:
    entries.add(context, bob, [WORRIED])
    app = open_page("trending")
    app.get("button_group")[0].set_value("Saved by everyone").run()
    assert not app.exception
    assert list(app.dataframe[0].value["Added by"]) == ["Bob"]
    assert "Add to trending" in labels(select(app, 0))
    assert "Remove" not in labels(app)


def test_an_empty_server_says_so(open_page: Open) -> None:
    app = open_page("trending")
    app.get("button_group")[0].set_value("Saved by everyone").run()
    assert "Nobody on this server has saved a track yet." in words(app)


def test_what_nobody_described_is_looked_up_once_spotify_is_connected(
    open_page: Open, context: Context, ada: Person, adas_spotify: ListeningSpotify
) -> None:
    entries.add_uris(context, ada, [f"spotify:track:{UNKNOWN}"])
    adas_spotify.tracks = {UNKNOWN: FoundTrack(UNKNOWN, "Found at last", ())}
    app = open_page("trending")
    assert list(app.dataframe[0].value["Title"]) == ["Found at last"]


def test_a_failing_look_up_is_told_and_shows_the_list(
    open_page: Open, context: Context, ada: Person, adas_spotify: ListeningSpotify
) -> None:
    entries.add_uris(context, ada, [f"spotify:track:{UNKNOWN}"])
    adas_spotify.error = SpotifyUnavailable()
    app = open_page("trending")
    assert "Spotify is not available." in words(app)
    assert len(app.dataframe) == 1


def upload(app: AppTest, content: bytes, name: str = "list.csv") -> AppTest:
    app.file_uploader[0].set_value((name, content, "text/csv"))
    return click(app, "Import")


def test_a_file_is_counted_row_by_row(
    open_page: Open, context: Context, ada: Person, saved: list[str]
) -> None:
    app = open_page("trending")
    content = f"uri\n{saved[0]}\nnonsense\nspotify:track:{UNKNOWN}\n"
    app.file_uploader[0].set_value(("list.csv", content.encode(), "text/csv"))
    click(app, "Import")
    assert "1 added · 1 already in your list · 1 refused" in words(app)
    assert len(uris(context, ada)) == 4


def test_cells_of_a_file_that_cannot_be_used_are_counted_and_shown_as_they_are_written(
    open_page: Open, saved: list[str]
) -> None:
    content = (
        f"uri,tempo,energy\n{saved[0]},**<b>fast</b>**,250\n{saved[1]},slow,0.5\n{saved[2]},,0.5\n"
    )
    app = upload(open_page("trending"), content.encode())
    (told,) = [one.value for one in app.caption if "could not be used" in one.value]
    assert told == notices.plain(
        "3 values could not be used and were left out:"
        " 2 of tempo, such as “**<b>fast</b>**”; 1 of energy, “250”."
    )
    assert "\\*\\*\\<b" in told


def test_a_file_that_cannot_be_read_is_refused_in_words(open_page: Open) -> None:
    app = open_page("trending")
    app.file_uploader[0].set_value(("list.csv", b"PK\x03\x04 list.csv", "text/csv"))
    click(app, "Import")
    assert "This is a zip file: unpack it" in words(app)


def test_a_file_of_unknown_columns_is_taken_when_they_are_told_apart(
    open_page: Open, context: Context, ada: Person
) -> None:
    content = b"lied,wer\nI Ain't Worried,OneRepublic\nNothing,Nobody\nElse,Nobody\n"
    app = upload(open_page("trending"), content)
    assert "Which column is which?" in words(app)
    boxes = {box.label: box for box in app.selectbox}
    boxes["Title"].select("lied")
    boxes["Artist"].select("wer")
    click(app, "Import with these")
    assert "list.csv: 1 added" in words(app)
    assert uris(context, ada) == [f"spotify:track:{WORRIED}"]
    assert "Which column is which?" not in words(app)
    assert "Titles are read from" not in words(app)


def test_columns_by_which_most_rows_are_known_are_not_asked_about_and_can_be_changed(
    open_page: Open, context: Context, ada: Person
) -> None:
    app = upload(open_page("trending"), b"OneRepublic,I Ain't Worried\nNobody,Nobody's song\n")
    guessed = "Titles are read from “column 2” and artists from “column 1”"
    assert "Which column is which?" not in words(app)
    assert "list.csv: 1 added · 1 refused" in words(app)
    assert guessed in words(app)
    assert uris(context, ada) == [f"spotify:track:{WORRIED}"]

    click(app, "Other columns")
    assert uris(context, ada) == []
    boxes = {box.label: box for box in app.selectbox}
    assert (boxes["Title"].value, boxes["Artist"].value) == ("column 2", "column 1")
    click(app, "Import with these")
    assert uris(context, ada) == [f"spotify:track:{WORRIED}"]
    assert guessed not in words(app)


def test_lines_that_the_command_line_parts_are_not_asked_about(
    open_page: Open, context: Context, ada: Person
) -> None:
    app = upload(open_page("trending"), b"OneRepublic: I Ain't Worried\nNobody: Nothing\n")
    assert "Which column is which?" not in words(app)
    assert "list.csv: 1 added · 1 refused" in words(app)
    assert uris(context, ada) == [f"spotify:track:{WORRIED}"]


def test_lines_that_nothing_parts_are_asked_about(
    open_page: Open, context: Context, ada: Person
) -> None:
    app = upload(open_page("trending"), b"Ann: hello\nBob: how are you\n")
    assert "Which column is which?" in words(app)
    assert uris(context, ada) == []


def test_what_is_said_of_guessed_columns_goes_with_its_receipt(open_page: Open) -> None:
    app = upload(open_page("trending"), b"OneRepublic,I Ain't Worried\nNobody,Nobody's song\n")
    assert "Titles are read from" in words(app)
    click(app, "Close")
    assert "Titles are read from" not in words(app)


def test_the_first_row_may_be_a_track_too(open_page: Open, context: Context, ada: Person) -> None:
    content = b"I Ain't Worried,OneRepublic\nNobody's song,Nobody\nNo song,Nobody\n"
    app = upload(open_page("trending"), content)
    (toggle,) = [one for one in app.toggle if one.label == "The first row is a track too"]
    toggle.set_value(True).run()
    boxes = {box.label: box for box in app.selectbox}
    boxes["Title"].select("column 1")
    boxes["Artist"].select("column 2")
    click(app, "Import with these")
    assert "1 added · 2 refused" in words(app)
    assert uris(context, ada) == [f"spotify:track:{WORRIED}"]


def test_of_uncertain_letters_names_are_shown_to_choose_from(
    open_page: Open, context: Context, ada: Person
) -> None:
    content = f"uri,title\nspotify:track:{UNKNOWN},Земфира\n".encode("cp1251")
    app = upload(open_page("trending"), content)
    (radio,) = [one for one in app.radio if "letters" in one.label]
    assert [option for option in radio.options if "Земфира" in option]
    radio.set_value("cp1251")
    click(app, "Read it so")
    assert [row.title for row in entries.listed(context, ada)] == ["Земфира"]


def test_a_listening_history_is_led_to_where_histories_are_taken(
    open_page: Open, context: Context, ada: Person
) -> None:
    content = b"artist,album,track,date\nAda,Tides,Dust,02 Mar 2024 18:21\n"
    app = upload(open_page("trending"), content)
    assert "This is a listening history" in words(app)
    assert "Go to Imports" in [link.proto.label for link in app.get("page_link")]
    assert uris(context, ada) == []


def test_names_that_wait_are_on_the_page_as_what_they_are(
    open_page: Open, clock: Clock, adas_spotify: ListeningSpotify
) -> None:
    adas_spotify.error = RateLimited(clock.time + timedelta(minutes=10))
    content = b"title,artist\nUnheard <b>of</b>,Nobody\nAlso unheard of,Nobody\n"
    app = upload(open_page("trending"), content)
    assert "2 waiting" in words(app)
    assert (
        "Spotify has asked this server to wait: look-ups go on after 22 Nov, 12:10 UTC."
        in words(app)
    )
    (fold,) = [one for one in app.expander if "Spotify has been asked" in one.label]
    assert fold.label == "2 titles wait on this list until Spotify has been asked"
    unfold(app, "waiting names")
    (names,) = [e.proto.body for e in app.get("html") if "ttt-waits" in e.proto.body]
    assert "<b>Unheard &lt;b&gt;of&lt;/b&gt;</b> <small>Nobody</small>" in names
    assert "Also unheard of" in names


def test_what_a_file_says_is_told_and_the_receipt_stays_until_it_is_closed(
    open_page: Open, context: Context, ada: Person
) -> None:
    rows = "".join(f"spotify:track:{UNKNOWN},0.5,pop\n" for _ in range(2))
    content = f"uri,energy,genres\n{rows}" + "nonsense,,\n" * 7
    app = upload(open_page("trending"), content.encode())
    said = "1 added · 1 repeated in what you brought · 7 refused"
    assert said in words(app)
    assert (
        "Taken as your own values, which you alone see: energy of 1 track, genres of 1."
        in words(app)
    )
    assert words(app).count("This is no Spotify link") == 1
    assert "7 rows: This is no Spotify link" in words(app)
    assert said in words(app.run())
    click(app, "Close")
    assert said not in words(app)
    (past,) = imports.listed(context, ada)
    assert (past.open, past.name) == (False, "list.csv")


def test_letters_that_a_file_lost_are_told(open_page: Open) -> None:
    content = f"title,artist,uri\nÜber Größe für,Ärzte,spotify:track:{UNKNOWN}\n".encode()
    app = upload(open_page("trending"), content.replace("Ü".encode(), b"\xff"))
    assert "1 letter of the file could not be read" in words(app)


def test_refused_lines_stay_in_the_box_and_are_quoted(
    open_page: Open, context: Context, ada: Person
) -> None:
    app = open_page("trending")
    fill(app, {"Link, URI or ID": f"{WORRIED}\nhttps://example.org\nnonsense"})
    click(app, "Add")
    (box,) = [box for box in app.text_area if box.label == "Link, URI or ID"]
    assert box.value == "https://example.org\nnonsense"
    assert "“https://example.org”" in words(app).replace("\u2060", "")
    assert "“nonsense”" in words(app)


def test_of_very_many_refused_rows_each_reason_counts_all_of_them(open_page: Open) -> None:
    late = f"https://open.spotify.com/album/{UNKNOWN}\n"
    rows = "nonsense\n" + "x\n" * 2_100 + late
    app = upload(open_page("trending"), f"uri\n{rows}".encode())
    said = words(app)
    assert "2,102 refused" in said
    assert "2,101 rows: This is no Spotify link, URI or id" in said
    assert "Row 2 “nonsense”, row 3 “x”, row 4 “x”, row 5 “x”, row 6 “x” and 2,096 more" in said
    assert "Row 2103: This is an album" in said
    assert f"“{late.strip()}”" in said.replace("\u2060", "")
