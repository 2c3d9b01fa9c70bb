import io
import json
import re
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.cli.test_history import HISTORY, row
from tests.services.conftest import connect
from tests.ui.conftest import (
    ListeningSpotify,
    Open,
    click,
    figures,
    fill,
    fold,
    headings,
    labels,
    page_links,
    to_copy,
    unfold,
    words,
)
from ttt.models import PlayGap, Recorder
from ttt.plays import PlaySource, ToldPlay, WhyRefused
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays import undoing
from ttt.services.plays.bringing import importing, uploads
from ttt.services.plays.bringing.uploads import State, Upload
from ttt.services.plays.choices import hiding
from ttt.services.plays.out import showing
from ttt.services.plays.taking import Taker
from ttt.services.recorders import state
from ttt.services.recorders.players import tokens
from ttt.store.plays import gaps, recorders

NAME = "Streaming_History_Audio_2024_0.json"
LOG = "#AUDIOSCROBBLER/1.1\n#TZ/UNKNOWN\n#CLIENT/Rockbox\n" + "\t".join(
    ("Band", "Album", "Song", "1", "200", "L", "1700000000", "\n")
)


def bring(context: Context, person: Person, data: object, name: str = NAME) -> Upload:
    """Bring a small file, and have it imported as far as it goes."""
    content = data.encode() if isinstance(data, str) else json.dumps(data).encode()
    upload = uploads.begin(context, person, name, len(content))
    uploads.put(context, person, upload.id, 0, content)
    importing.run(context, upload.id)
    return uploads.find(context, person, upload.id)


def receipt_of(app: AppTest) -> str:
    (table,) = [e.proto.body for e in app.get("html") if "<table" in e.proto.body]
    return str(table)


def test_a_newcomer_is_told_how_to_begin(open_page: Open) -> None:
    app = open_page("imports")
    assert "Everything you ever played" in words(app)
    assert "spotify.com/account/privacy" in words(app)
    assert "Connect Spotify" in page_links(app)
    assert "Take it out" not in words(app)
    assert not app.exception


def test_a_receipt_adds_up(open_page: Open, context: Context, ada: Person) -> None:
    bring(context, ada, HISTORY)
    app = open_page("imports")
    assert any("2 plays added" in heading for heading in headings(app))
    assert "See what you played" in page_links(app)
    table = receipt_of(app)
    rows = re.findall(r"<th.*?>([\w ]+)</th>.*?<td>([\d,]+)</td></tr>", table)
    counts = {name: int(number) for name, number in rows}
    assert (counts.pop("rows read"), counts.pop("of these private")) == (len(HISTORY), 1)
    assert sum(counts.values()) == len(HISTORY)
    assert counts == {
        "added": 2,
        "too short": 1,
        "told twice": 1,
        "impossible": 1,
        "podcast": 1,
        "not readable": 1,
    }
    assert not app.exception


def test_a_receipt_names_whose_rows_stood_among_those_of_another(
    open_page: Open, context: Context, ada: Person
) -> None:
    listen = {"track_name": "U", "artist_name": "A", "additional_info": {}}
    rows = [{"listened_at": 1_711_900_000, "track_metadata": listen}, HISTORY[0]]
    bring(context, ada, rows)
    app = open_page("imports")
    assert "Among them: 1 row of Spotify history." in words(app)
    assert not app.exception


def test_refused_rows_are_looked_at_when_asked_for(
    open_page: Open, context: Context, ada: Person
) -> None:
    upload = bring(context, ada, HISTORY)
    app = open_page("imports")
    assert not app.dataframe
    unfold(app, f"refused-{upload.id}")
    (shown,) = app.dataframe
    assert list(shown.value["Row"]) == [7]
    assert "how long it was played" in shown.value["Reason"][0]
    assert "Download them" in [button.proto.label for button in app.get("download_button")]


def test_an_import_is_undone(open_page: Open, context: Context, ada: Person) -> None:
    upload = bring(context, ada, HISTORY)
    app = click(open_page("imports"), "Undo this import")
    assert uploads.find(context, ada, upload.id).state is State.UNDONE
    assert any("its plays are gone" in heading for heading in headings(app))
    assert "What is covered" not in words(app)
    assert "See what you played" not in page_links(app)
    assert "Undo this import" not in labels(app)


def test_every_import_is_listed_and_has_its_receipt(
    open_page: Open, context: Context, ada: Person
) -> None:
    first = bring(context, ada, HISTORY)
    bring(context, ada, [row(40, "d")], "other.json")
    app = open_page("imports")
    assert "other.json: 1 play added" in words(app)
    assert "One more import" in headings(app)
    click(app, "Receipt")
    assert app.query_params["import"] in (str(first.id), [str(first.id)])
    assert f"{NAME}: 2 plays added" in words(app)


def test_what_is_no_history_is_said(open_page: Open, context: Context, ada: Person) -> None:
    bring(context, ada, "not a history at all", "notes.txt")
    app = open_page("imports")
    assert any("nothing was taken" in heading for heading in headings(app))
    assert [warning.value for warning in app.warning]
    assert "Undo this import" not in labels(app)
    # Whoever has nothing here is still told where to get it.
    assert "spotify.com/account/privacy" in words(app)


def test_a_zone_is_asked_for_and_answered(open_page: Open, context: Context, ada: Person) -> None:
    upload = bring(context, ada, LOG, ".scrobbler.log")
    assert upload.state is State.ASKING
    app = open_page("imports")
    assert "In which time zone was the clock?" in headings(app)
    (zone,) = [box for box in app.selectbox if box.label == "Time zone"]
    zone.set_value("Europe/Berlin")
    click(app, "Go on")
    assert uploads.find(context, ada, upload.id).state is State.WAITING
    importing.run(context, upload.id)
    assert any("1 play added" in heading for heading in headings(app.run()))


def test_columns_are_asked_for_with_a_guess(open_page: Open, context: Context, ada: Person) -> None:
    table = "am,Lied,Band\n2024-03-30T12:00:00Z,Song,Somebody\n"
    upload = bring(context, ada, table, "mine.csv")
    assert upload.state is State.ASKING
    app = open_page("imports")
    assert "What does each column hold?" in headings(app)
    boxes = {box.label: box for box in app.selectbox}
    for name, meaning in (("am", "time"), ("Lied", "title"), ("Band", "artist")):
        boxes[name].set_value(importing.Column(meaning))
    click(app, "Go on")
    importing.run(context, upload.id)
    assert any("1 play added" in heading for heading in headings(app.run()))


def test_which_number_is_the_day_is_asked_for(
    open_page: Open, context: Context, ada: Person
) -> None:
    table = "time,title,artist\n03/04/2024 21:15:00Z,Song,Somebody\n"
    upload = bring(context, ada, table, "mine.csv")
    assert upload.state is State.ASKING
    app = open_page("imports")
    assert "Does the day or the month come first?" in headings(app)
    (order,) = [radio for radio in app.radio if radio.label == "In its dates"]
    order.set_value("month")
    click(app, "Go on")
    importing.run(context, upload.id)
    assert any("1 play added" in heading for heading in headings(app.run()))
    (play,) = showing.plays(context, ada)
    assert play.played_at.date() == date(2024, 3, 4)


def test_what_a_damaged_zip_lost_is_said_by_name(
    open_page: Open, context: Context, ada: Person
) -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        packed.writestr("mine.csv", "time,title,artist\n2024-03-30T12:00:00Z,Song,Somebody\n")
        packed.writestr("endsong_1.json", "[]", zipfile.ZIP_BZIP2)
    data = written.getvalue()
    upload = uploads.begin(context, ada, "my.zip", len(data))
    uploads.put(context, ada, upload.id, 0, data)
    importing.run(context, upload.id)
    (warning,) = open_page("imports", **{"import": str(upload.id)}).warning
    assert "Not all of this zip could be read" in warning.value
    assert "endsong" in warning.value
    assert WhyRefused.LOST.words in warning.value


def test_a_question_can_be_left(open_page: Open, context: Context, ada: Person) -> None:
    upload = bring(context, ada, LOG, ".scrobbler.log")
    click(open_page("imports"), "Leave it")
    assert uploads.find(context, ada, upload.id).state is State.UNDONE


def test_while_one_is_read_it_is_said_how_far(
    open_page: Open, context: Context, ada: Person
) -> None:
    content = json.dumps(HISTORY).encode()
    upload = uploads.begin(context, ada, NAME, len(content))
    uploads.put(context, ada, upload.id, 0, content)
    importing.plan(context, upload.id)
    importing.read(context, upload.id, 0)
    app = open_page("imports")
    assert "You can leave this page" in words(app)
    assert "Finding out which of them count" in words(app)
    assert "music5" in words(app)
    click(app, "Stop and take back")
    assert uploads.find(context, ada, upload.id).state is State.UNDONE


def test_what_is_covered_comes_first(open_page: Open, context: Context, ada: Person) -> None:
    bring(context, ada, [row(4), row(4, "b", ts="2024-09-30T12:00:00Z")])
    app = open_page("imports")
    assert "2 plays count, of 2 told by one source" in words(app)
    # Of half a year nobody tells, and of the time since.
    assert any(heading.startswith("Two gaps, ") for heading in headings(app))
    assert len(figures(app)) == 1


def test_gaps_are_rows(open_page: Open, context: Context, ada: Person) -> None:
    now = context.now()
    with context.session() as session:
        gap = PlayGap(
            user_id=ada.id,
            source=PlaySource.SPOTIFY_RECENT,
            from_at=now - timedelta(days=3),
            until_at=now - timedelta(days=1),
            reason="ended",
        )
        gaps.save(session, gap)
        session.commit()
    said = words(open_page("imports"))
    assert "Plays may be missing in one gap" in said
    assert "The authorization at Spotify had ended." in said


def test_a_token_is_shown_once_with_the_address(
    open_page: Open, context: Context, ada: Person
) -> None:
    app = unfold(open_page("imports"), "adding player")
    fill(app, {"Name of the player": "Navidrome"})
    click(app, "New token")
    (token,) = tokens.listed(context, ada)
    shown = to_copy(app)
    assert shown[0].startswith(token.begins)
    assert shown[1] == f"{context.settings.base_url}/apis/listenbrainz/1/"
    click(app, "I have copied it")
    assert not to_copy(app)
    click(app, "Yes, revoke")
    assert tokens.listed(context, ada) == []


def test_a_token_needs_a_name(open_page: Open, context: Context, ada: Person) -> None:
    app = click(unfold(open_page("imports"), "adding player"), "New token")
    assert "Give the token a name" in words(app)
    assert tokens.listed(context, ada) == []


def test_an_account_elsewhere_is_followed_and_left(
    open_page: Open, context: Context, ada: Person
) -> None:
    app = unfold(open_page("imports"), "following account")
    fill(app, {"Username there": "ada.l"})
    click(app, "Follow")
    assert [one.account for one in state.listed(context, ada)] == ["ada.l"]
    assert "ada.l at ListenBrainz" in words(app)
    click(app, "Yes, stop")
    assert state.listed(context, ada) == []


def test_a_private_account_is_followed_by_its_token_which_is_not_shown_again(
    open_page: Open, context: Context, ada: Person
) -> None:
    app = unfold(open_page("imports"), "following account")
    fill(app, {"Username there": "ada.l", "Token, if it is private": "token-SECRET"})
    click(app, "Follow")
    assert [one.has_token for one in state.listed(context, ada)] == [True]
    assert "SECRET" not in words(app)
    assert not any("SECRET" in str(field.value) for field in app.text_input)


def test_what_is_no_name_is_refused(open_page: Open) -> None:
    app = unfold(open_page("imports"), "following account")
    fill(app, {"Username there": "what/is this?"})
    assert "Type the username that the account has there." in words(click(app, "Follow"))
    assert "what/is this?" in [field.value for field in app.text_input]


@pytest.mark.usefixtures("adas_spotify")
def test_the_recorder_is_turned_off_and_on(open_page: Open, context: Context, ada: Person) -> None:
    app = open_page("imports")
    assert "Recording begins within a few minutes" in headings(app)
    (switch,) = app.toggle
    switch.set_value(False).run()
    assert [one.on for one in state.listed(context, ada)] == [False]
    assert any(heading.startswith("Off") for heading in headings(app))
    app.toggle[0].set_value(True).run()
    assert [one.on for one in state.listed(context, ada)] == [True]


def test_the_missing_permission_is_asked_for(
    open_page: Open, context: Context, ada: Person
) -> None:
    connect(context, ada, scopes=["user-top-read"])
    app = open_page("imports")
    assert "Reconnect Spotify to record what you play" in headings(app)
    assert "Reconnect Spotify" in page_links(app)


def test_what_is_in_the_recorders_way_is_said(
    open_page: Open, context: Context, ada: Person, adas_spotify: ListeningSpotify
) -> None:
    now = context.now()
    with context.session() as session:
        recorder = Recorder(
            user_id=ada.id, kind="spotify", started_at=now, next_at=now, error="Spotify is busy."
        )
        recorders.add(session, recorder)
        session.commit()
    assert "Spotify is busy." in words(open_page("imports"))


@pytest.mark.parametrize(("count", "said"), [(0, ""), (1, "1 play"), (2, "2 plays")])
def test_what_of_spotifys_last_list_could_not_be_read_is_said(
    open_page: Open,
    context: Context,
    ada: Person,
    adas_spotify: ListeningSpotify,
    count: int,
    said: str,
) -> None:
    now = context.now()
    with context.session() as session:
        told = {"started_at": now, "next_at": now, "unread": count}
        recorders.add(session, Recorder(user_id=ada.id, kind="spotify", **told))
        session.commit()
    page = words(open_page("imports"))
    sentence = "of Spotify’s last list could not be read."
    assert sentence in page if said else sentence not in page
    assert not said or f"{said} {sentence}" in page


def test_hidden_things_are_taken_back(open_page: Open, context: Context, ada: Person) -> None:
    bring(context, ada, HISTORY)
    hiding.hide(context, ada, hiding.Kind.ARTIST, artist="The Invented Few")
    app = open_page("imports")
    assert "One thing is hidden" in headings(app)
    click(app, "Show again")
    assert hiding.listed(context, ada) == []
    assert "It counts again." in words(app)
    click(app, "Undo")
    assert [one.artist for one in hiding.listed(context, ada)] == ["The Invented Few"]
    assert "One thing is hidden" in headings(app)


def test_a_stretch_of_time_is_hidden(open_page: Open, context: Context, ada: Person) -> None:
    bring(context, ada, HISTORY)
    app = unfold(open_page("imports"), "hiding")
    app.date_input[0].set_value((date(2024, 3, 30), date(2024, 3, 31)))
    click(app, "Hide these days")
    (hidden,) = hiding.listed(context, ada)
    assert hidden.from_at is not None
    assert hidden.until_at is not None
    assert hidden.until_at - hidden.from_at in {timedelta(days=2), timedelta(hours=47)}
    assert "30 Mar 2024 to 31 Mar 2024" in words(app)


def test_days_that_are_chosen_stay_when_their_fold_closes(
    open_page: Open, context: Context, ada: Person
) -> None:
    bring(context, ada, HISTORY)
    app = unfold(open_page("imports"), "hiding")
    (days,) = fold(app, "hiding").date_input
    assert days.label == "First and last day"


def test_days_are_asked_for_in_words(open_page: Open, context: Context, ada: Person) -> None:
    bring(context, ada, HISTORY)
    app = click(unfold(open_page("imports"), "hiding"), "Hide these days")
    assert "Choose the first and the last day." in words(app)


def test_all_plays_are_offered_as_files(open_page: Open, context: Context, ada: Person) -> None:
    bring(context, ada, HISTORY)
    app = open_page("imports")
    found: list[Any] = [button.proto.label for button in app.get("download_button")]
    assert found == ["JSON lines", "ListenBrainz", "CSV", "Parquet"]


def test_imports_of_others_are_not_shown(open_page: Open, context: Context, bob: Person) -> None:
    bring(context, bob, HISTORY)
    app = open_page("imports")
    assert "plays added" not in " ".join(headings(app))


def test_what_was_recorded_can_be_deleted_also_after_disconnecting(
    open_page: Open, context: Context, ada: Person
) -> None:
    assert "Yes, delete them" not in labels(open_page("imports"))
    with context.session() as session:
        play = ToldPlay(1_790_000_000, "Song", ("Band",), ms=200_000)
        Taker(context, ada.id, PlaySource.SPOTIFY_RECENT).take(session, [play])
        session.commit()
    app = click(open_page("imports"), "Yes, delete them")
    assert "The recorded plays are deleted." in words(app)
    assert undoing.recorded(context, ada) == 0
