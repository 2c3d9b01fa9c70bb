import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.services.conftest import Clock
from tests.ui.conftest import Open, click, labels, unfold, words
from ttt.errors import ProviderBlocked, ProviderUnavailable, StoreBusy
from ttt.found import Source
from ttt.services.context import Context
from ttt.services.lists import own_values
from ttt.services.person import Person
from ttt.services.values import limits
from ttt.settings import Settings

WORRIED = "4h9wh7iOZ0GGn8QVp4RAOB"
DEEZER = Source.DEEZER
with_sources = pytest.mark.parametrize(
    "settings",
    [
        {
            "feature_providers": "reccobeats,deezer",
            "popularity_providers": "reccobeats,lastfm",
            "daily_budgets": "deezer=10",
        }
    ],
    indirect=True,
)


@pytest.fixture
def settings(settings: Settings, request: pytest.FixtureRequest) -> Settings:
    set_: dict[str, Any] = getattr(request, "param", {})
    return Settings(_env_file=None, data_dir=settings.data_dir, port=settings.port, **set_)


def told(app: AppTest) -> dict[str, str]:
    """What is said of each source, by its name."""
    (listing,) = [e.proto.body for e in app.get("html") if e.proto.body.startswith("<ul")]
    items = str(listing).split("<li>")[1:]
    return {item.partition("<b>")[2].partition("</b>")[0]: item for item in items}


def upload(app: AppTest, *lines: str) -> AppTest:
    (uploader,) = [u for u in app.file_uploader if u.label == "File with values"]
    uploader.set_value(("values.csv", "\n".join(lines).encode(), "text/csv"))
    return click(app, "Import values")


def test_in_the_demo_only_the_catalogue_is_asked_and_the_page_says_so(open_page: Open) -> None:
    app = open_page("account", section="Sources")
    assert not app.exception
    assert "With the demo Spotify only the bundled catalogue is asked" in words(app)
    assert "nothing leaves this machine" in words(app)
    assert list(told(app)) == ["Spotify", "ReccoBeats", "Deezer", "Last.fm", "MusicBrainz"]
    assert all('class="off"' in said for said in told(app).values())
    assert not any("Turned off" in said for said in told(app).values())  # as was said of all


@with_sources
@pytest.mark.usefixtures("as_admin")
def test_a_source_that_is_off_tells_an_admin_why(open_page: Open) -> None:
    said = told(open_page("account", section="Sources"))["MusicBrainz"]
    assert "It is not among the providers in the settings." in said


@with_sources
def test_a_source_that_is_off_says_so_and_what_it_would_give(open_page: Open) -> None:
    said = told(open_page("account", section="Sources"))["MusicBrainz"]
    assert "Turned off in this server&#x27;s settings." in said
    assert "<small>genres</small>" in said


@with_sources
def test_a_source_that_is_on_tells_its_day(open_page: Open, context: Context) -> None:
    for _ in range(3):
        limits.reserve_call(context, DEEZER, "deezer", 10)
    with context.session() as session:
        limits.note_answer(context, session, "deezer", hits=3, misses=1)
        session.commit()
    app = open_page("account", section="Sources")
    assert "only the bundled catalogue" not in words(app)
    said = told(app)["Deezer"]
    assert 'class="on"' in said
    assert "3 calls today, 7 left until midnight UTC." in said
    assert "Knew 75 % of the 4 tracks it was asked about." in said
    assert "Not asked about any track today." in told(app)["ReccoBeats"]


@with_sources
@pytest.mark.parametrize(("hits", "said"), [(1, "Knew the one"), (0, "Did not know the one")])
def test_a_source_that_was_asked_about_one_track_says_whether_it_knew_it(
    open_page: Open, context: Context, hits: int, said: str
) -> None:
    with context.session() as session:
        limits.note_answer(context, session, "deezer", hits=hits, misses=1 - hits)
        session.commit()
    app = open_page("account", section="Sources")
    assert f"{said} track it was asked about." in told(app)["Deezer"]


@with_sources
@pytest.mark.usefixtures("as_admin")
def test_a_source_that_needs_a_key_tells_an_admin_so(open_page: Open) -> None:
    said = told(open_page("account", section="Sources"))["Last.fm"]
    assert 'class="off"' in said
    assert "TTT_LASTFM_KEY is not set" in said


@with_sources
def test_a_source_that_is_left_alone_says_until_when_and_what_went_wrong(
    open_page: Open, context: Context, clock: Clock
) -> None:
    with context.session() as session:
        limits.note_failure(context, session, "deezer", ProviderUnavailable(DEEZER))
        until = clock.time.replace(hour=18)
        limits.note_failure(context, session, "deezer", ProviderBlocked(DEEZER, until))
        session.commit()
    app = open_page("account", section="Sources")
    app.context = {"timezone": "Asia/Tokyo"}
    said = told(app.run())["Deezer"]
    assert "Left alone until 23 Nov, 03:00." in said
    assert "Last error, 22 Nov, 21:00: It asks us to slow down." in said


def test_the_values_of_a_file_are_taken_and_every_row_is_told(
    open_page: Open, context: Context, ada: Person
) -> None:
    app = open_page("account", section="Sources")
    upload(app, "id,energy,tempo", f"{WORRIED},0.5,9000", "nonsense,0.5,90")
    assert not app.exception
    told = "1 row taken, of 1 track · 1 refused"
    assert told in words(app)
    assert "Taken as your own values: energy of 1 track." in words(app)
    assert "Row 3: This row names no track" in words(app)
    assert "Row 2: Could not be used: tempo." in words(app)
    assert "Values of 1 track are kept of your file, the newest of 22 Nov." in words(app)
    assert told in words(app.run())
    click(app, "Close")
    assert told not in words(app)
    assert own_values.kept(context, ada).tracks == 1


def test_what_became_of_a_file_stays_for_later_visits_and_then_in_the_history(
    open_page: Open,
) -> None:
    upload(open_page("account", section="Sources"), "id,energy,tempo", f"{WORRIED},0.5,9000", "x,1")
    told = "1 row taken, of 1 track · 1 refused"
    app = open_page("account", section="Sources")
    assert told in words(app)
    click(app, "Close")
    assert told not in words(app)
    app = open_page("account", section="Sources")
    assert told not in words(app)
    unfold(app, "past values")
    assert re.search(rf"values.*csv.*, 22 Nov, 12:00: {told}", words(app))


def test_a_file_can_be_forgotten(open_page: Open, context: Context, ada: Person) -> None:
    app = open_page("account", section="Sources")
    assert "Forget my file" not in labels(app)
    upload(app, "id,energy", f"{WORRIED},0.5")
    assert "This deletes your file's values of 1 track." in words(app)
    click(app, "Yes, forget it")
    assert "Your file's values are gone." in words(app)
    assert "Forget my file" not in labels(app)
    assert own_values.kept(context, ada).tracks == 0


def test_a_file_that_cannot_be_read_is_refused_in_words(open_page: Open) -> None:
    app = upload(open_page("account", section="Sources"), "\0\1\2\0picture")
    assert "This is not a text file: save it as CSV first." in words(app)


def test_which_column_is_which_is_asked_here_too(
    open_page: Open, context: Context, ada: Person
) -> None:
    app = upload(open_page("account", section="Sources"), "wo;schwung", f"{WORRIED};0,5")
    assert "Which column is which?" in words(app)
    boxes = {box.label: box for box in app.selectbox}
    assert boxes["Link, URI or ID"].value == "wo"
    boxes["Energy"].select("schwung")
    click(app, "Import with these")
    assert "Taken as your own values: energy of 1 track." in words(app)
    assert "Which column is which?" not in words(app)
    assert own_values.kept(context, ada).tracks == 1


def test_letters_that_are_not_sure_are_asked_about_here_too(open_page: Open) -> None:
    app = open_page("account", section="Sources")
    (uploader,) = [u for u in app.file_uploader if u.label == "File with values"]
    content = f"uri,energy,genres\n{WORRIED},0.5,шансон\n".encode("cp1251")
    uploader.set_value(("values.csv", content, "text/csv"))
    click(app, "Import values")
    (radio,) = [one for one in app.radio if "letters" in one.label]
    assert [option for option in radio.options if "шансон" in option]
    radio.set_value("cp1251")
    click(app, "Read it so")
    assert "Taken as your own values: energy of 1 track, genres of 1." in words(app)


def test_a_file_that_cannot_be_saved_now_stays_at_hand(
    open_page: Open, context: Context, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_page("account", section="Sources")
    with monkeypatch.context() as patch:
        patch.setattr(own_values, "import_", unable)
        upload(app, "id,energy", f"{WORRIED},0.5")
        assert "The database is busy" in words(app)
    assert "The database is busy" in words(app.run())
    click(app, "Import it again")
    assert own_values.kept(context, ada).tracks == 1


def test_a_file_is_at_hand_after_a_page_that_could_not_be_shown(
    open_page: Open, context: Context, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_page("account", section="Sources")
    with monkeypatch.context() as patch:
        patch.setattr("ttt.services.doors.sign_in.current_person", unable)
        (uploader,) = [u for u in app.file_uploader if u.label == "File with values"]
        uploader.set_value(("values.csv", f"id,energy\n{WORRIED},0.5".encode(), "text/csv"))
        click(app, "Import values")
        assert app.exception  # what the launcher says in words
    app.run()
    assert "This file could not be saved before. It is still here." in words(app)
    click(app, "Import it again")
    assert own_values.kept(context, ada).tracks == 1
    assert "It is still here" not in words(app)


def unable(*_: object) -> None:
    raise StoreBusy
