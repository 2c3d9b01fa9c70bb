"""What people put on lists at once: kept with its receipt, until each name has its answer."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from tests.services.conftest import Clock, FakeSpotify, add_person, connect
from ttt.errors import HistoryInstead, NotFound, RateLimited, SpotifyUnavailable, StoreFull
from ttt.found import FoundArtist, FoundTrack, Source, TrackPage
from ttt.models import PersonalValue, SpotifyAccount
from ttt.services.context import Context
from ttt.services.lists import entries, histories, imports, lists
from ttt.services.lists.imports import PastImport
from ttt.services.lists.lists import Access
from ttt.services.matching import matching
from ttt.services.person import Person
from ttt.services.tables.receipt import Receipt, Unusable
from ttt.store import locks
from ttt.store.lists import imports as kept

NAMES = 25


class Knowing(FakeSpotify):
    """Spotify that finds the titles it knows, and then says wait for an hour."""

    def __init__(self) -> None:
        super().__init__()
        self.waits_after: int | None = None
        self.now = datetime(2026, 11, 22, 12, tzinfo=UTC)

    def search(self, query: str, limit: int) -> TrackPage:
        if self.waits_after is not None and len(self.asked) >= self.waits_after:
            self.error = RateLimited(self.now + timedelta(hours=1))
        self._ask(query)
        found = [t for t in self.tracks.values() if t.title in query]
        return TrackPage(tuple(found[:limit]))


@pytest.fixture
def knowing(monkeypatch: pytest.MonkeyPatch) -> Knowing:
    """What Spotify answers to whoever is connected: every song with an even number."""
    fake = Knowing()
    monkeypatch.setattr("ttt.services.spotify.spotify.Spotify", fake.as_client_of)
    for number in range(0, NAMES, 2):
        song = FoundTrack(f"{number:022}", f"Song n{number:03}", (FoundArtist("Nobody"),))
        fake.tracks[song.spotify_id] = song
    return fake


def named(count: int = NAMES) -> bytes:
    return b"title,artist\n" + b"".join(
        f"Song n{number:03},Nobody\n".encode() for number in range(count)
    )


def rows(receipt: Receipt | PastImport) -> tuple[int, int, int, int]:
    waiting = receipt.waiting if isinstance(receipt, PastImport) else len(receipt.waiting)
    return receipt.added, receipt.already_there, waiting, len(receipt.refused)


def only(context: Context, person: Person) -> PastImport:
    (found,) = imports.listed(context, person)
    return found


def finish(context: Context, import_id: int | None) -> list[float]:
    """Advance until nothing waits; return the waits between."""
    waits: list[float] = []
    while (seconds := imports.advance(context, import_id or 0)) is not None:
        waits.append(seconds)
        assert len(waits) < 50
    return waits


def test_names_that_were_not_asked_about_wait_and_are_not_refused(
    context: Context, ada: Person, knowing: Knowing
) -> None:
    connect(context, ada)
    receipt = imports.take(context, ada, named(), "names.csv")
    assert len(knowing.asked) == matching.LOOKUPS
    assert rows(receipt) == (5, 0, NAMES - 10, 5)
    assert {refusal.row for refusal in receipt.refused} == {3, 5, 7, 9, 11}
    assert receipt.waiting[0].text == "Nobody - Song n010"
    assert rows(only(context, ada)) == rows(receipt)


def test_waiting_names_are_looked_up_within_the_budget_until_none_is_left(
    anywhere: Context, knowing: Knowing
) -> None:
    ada = add_person(anywhere, "ada")
    connect(anywhere, ada)
    receipt = imports.take(anywhere, ada, named(), "names.csv")
    assert finish(anywhere, receipt.import_id) == [0.0]
    assert rows(only(anywhere, ada)) == (13, 0, 0, 12)
    assert len(knowing.asked) == len(set(knowing.asked)) == NAMES
    assert len(entries.listed(anywhere, ada)) == 13
    assert all("was found" in refusal.reason for refusal in only(anywhere, ada).refused)


def test_while_spotify_says_wait_names_stay_and_nothing_is_asked(
    context: Context, ada: Person, knowing: Knowing, clock: Clock
) -> None:
    connect(context, ada)
    knowing.waits_after = 13
    receipt = imports.take(context, ada, named(), "names.csv")
    assert imports.advance(context, receipt.import_id or 0) == 3600
    assert rows(only(context, ada)) == (7, 0, NAMES - 13, 6)
    knowing.error, knowing.waits_after = None, None
    asked = len(knowing.asked)
    assert imports.advance(context, receipt.import_id or 0) == 3600
    assert len(knowing.asked) == asked
    clock.forward(hours=1, seconds=1)
    finish(context, receipt.import_id)
    assert rows(only(context, ada)) == (13, 0, 0, 12)
    # The one that was answered by "wait" is asked about twice, no other.
    assert len(knowing.asked) == NAMES + 1


def test_another_trouble_of_spotify_loses_no_name(
    context: Context, ada: Person, knowing: Knowing
) -> None:
    connect(context, ada)
    receipt = imports.take(context, ada, named(12), "names.csv")
    knowing.error = SpotifyUnavailable()
    assert imports.advance(context, receipt.import_id or 0) == 60
    assert only(context, ada).waiting == 2
    knowing.error = None
    finish(context, receipt.import_id)
    assert rows(only(context, ada)) == (6, 0, 0, 6)


def test_a_process_that_dies_between_asking_and_saving_repeats_nothing(
    context: Context, ada: Person, knowing: Knowing, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect(context, ada)
    receipt = imports.take(context, ada, named(14), "names.csv")
    with monkeypatch.context() as patched:
        patched.setattr(imports, "_settle", _die)
        with pytest.raises(SystemExit):
            imports.advance(context, receipt.import_id or 0)
    assert only(context, ada).waiting == 4
    finish(context, receipt.import_id)
    assert rows(only(context, ada)) == (7, 0, 0, 7)
    assert len(knowing.asked) == 14
    assert imports.advance(context, receipt.import_id or 0) is None
    assert len(entries.listed(context, ada)) == 7


def _die(*_: object) -> None:
    raise SystemExit


def test_without_a_connection_names_wait_for_it_and_not_for_ever(
    context: Context, ada: Person, knowing: Knowing, clock: Clock
) -> None:
    connect(context, ada)
    receipt = imports.take(context, ada, named(12), "names.csv")
    with context.session() as session:
        session.delete(session.get(SpotifyAccount, ada.id))
        session.commit()
    assert imports.advance(context, receipt.import_id or 0) == 3600
    assert only(context, ada).waiting == 2
    clock.forward(days=30)
    assert imports.advance(context, receipt.import_id or 0) == 3600
    clock.forward(seconds=1)
    assert imports.advance(context, receipt.import_id or 0) is None
    assert rows(only(context, ada)) == (5, 0, 0, 7)
    assert "30 days" in only(context, ada).refused[-1].reason


def test_where_nothing_waits_nobody_need_be_connected(context: Context, ada: Person) -> None:
    receipt = imports.take(context, ada, b"id\n4h9wh7iOZ0GGn8QVp4RAOB\n", "ids.csv")
    assert imports.advance(context, receipt.import_id or 0) is None


def test_names_for_a_list_that_is_gone_are_refused_with_that_reason(
    context: Context, ada: Person, bob: Person, knowing: Knowing
) -> None:
    shared = lists.create(context, bob, "Ours")
    lists.share(context, bob, shared, Access.EDIT)
    connect(context, ada)
    receipt = imports.take(context, ada, named(11), "names.csv", list_id=shared)
    (before,) = imports.listed(context, ada, shared)
    assert before.rows == 11
    lists.share(context, bob, shared, Access.SEE)
    assert imports.advance(context, receipt.import_id or 0) is None
    (after,) = imports.listed(context, ada, shared)
    assert (before.waiting, after.waiting, after.rows) == (1, 0, 11)
    assert "no longer add" in after.refused[-1].reason


def test_pasted_names_wait_too_and_keep_their_receipt(
    context: Context, ada: Person, knowing: Knowing
) -> None:
    connect(context, ada)
    lines = [f"Nobody - Song n{number:03}" for number in range(12)]
    receipt = imports.add(context, ada, lines)
    assert rows(receipt) == (5, 0, 2, 5)
    finish(context, receipt.import_id)
    assert (only(context, ada).name, rows(only(context, ada))) == ("Pasted lines", (6, 0, 0, 6))


COPIED = {
    "a spreadsheet": "Title\tArtist\tBPM\nSong n000\tNobody\t98\nSong n002\tNobody\t",
    "Markdown": "| # | Artist | Title |\n|--:|---|---|\n| 1 | Nobody | Song n000 |\n"
    "| 2 | Nobody | Song n002 |",
    "CSV": 'artist,title\n"Nobody","Song n000"\nNobody,Song n002',
    "a page": "<li>Nobody &ndash; Song n000</li>\n<li>Nobody - <b>Song n002</b></li>",
}


@pytest.mark.parametrize("text", COPIED.values(), ids=COPIED)
def test_lines_that_were_copied_out_of_a_table_are_rows_of_it(
    context: Context, ada: Person, knowing: Knowing, text: str
) -> None:
    connect(context, ada)
    receipt = imports.add(context, ada, text.split("\n"))
    assert (receipt.added, receipt.refused) == (2, ())
    titles = {row.title for row in entries.listed(context, ada)}
    assert titles == {"Song n000", "Song n002"}
    assert receipt.import_id is not None


def test_lines_of_no_table_are_refused_one_by_one(context: Context, ada: Person) -> None:
    receipt = imports.add(context, ada, ["see you, later", "my songs, all of them"])
    assert [refusal.row for refusal in receipt.refused] == [1, 2]


def test_a_single_line_makes_no_history(context: Context, ada: Person) -> None:
    assert imports.add(context, ada, ["4h9wh7iOZ0GGn8QVp4RAOB"]).added == 1
    assert imports.listed(context, ada) == []


def test_a_receipt_is_kept_until_it_is_closed_and_then_in_the_history(
    context: Context, ada: Person, bob: Person
) -> None:
    content = "uri,title\n" + "".join(f"spotify:track:{n:022},T\n" for n in (1, 1, 2)) + "x,\n"
    entries.add(context, ada, [f"{2:022}"])
    receipt = imports.take(context, ada, content.encode(), "my list.csv")
    kept = only(context, ada)
    assert (kept.name, kept.at, kept.open) == ("my list.csv", context.now(), True)
    assert (kept.added, kept.already_there, kept.repeated, kept.rows) == (1, 2, 1, 4)
    assert [refusal.row for refusal in kept.refused] == [5]
    with pytest.raises(NotFound):
        imports.close(context, bob, receipt.import_id or 0)
    imports.close(context, ada, receipt.import_id or 0)
    assert only(context, ada) == replace(kept, open=False)


def test_letters_that_cannot_be_read_are_counted(context: Context, ada: Person) -> None:
    content = "title,artist,uri\nÜber Größe für,Ärzte,spotify:track:" + "1" * 22 + "\n"
    damaged = content.encode().replace("Ü".encode(), b"\xff", 1)
    assert imports.take(context, ada, content.encode(), "whole.csv").lost_letters == 0
    receipt = imports.take(context, ada, damaged, "damaged.csv")
    newest, before = imports.listed(context, ada)
    assert (receipt.lost_letters, newest.lost_letters, before.lost_letters) == (1, 1, 0)


def test_cells_that_cannot_be_used_are_counted_and_kept_but_not_those_of_refused_rows(
    context: Context, ada: Person
) -> None:
    lines = [
        "uri,title,artist,energy,tempo",
        f"spotify:track:{1:022},,,250,120",
        f"spotify:track:{1:022},,,0.5,a: b",
        "nonsense,,,much,fast",
        ",I Ain't Worried,OneRepublic,0.5,so so",
        ",Nobody's song,Nobody,much,fast",
    ]
    receipt = imports.take(context, ada, "\n".join(lines).encode(), "f.csv")
    assert rows(receipt) == (2, 1, 0, 2)
    assert receipt.unusable == {"tempo": Unusable(2, "a: b"), "energy": Unusable(1, "250")}
    assert list(receipt.unusable) == ["tempo", "energy"]
    assert only(context, ada).unusable == receipt.unusable
    imports.take(context, ada, f"uri\nspotify:track:{1:022}\n".encode(), "g.csv")
    assert imports.listed(context, ada)[0].unusable == {}


def test_equal_reasons_stand_together_the_commonest_first(context: Context, ada: Person) -> None:
    content = b"uri\n" + b"spotify:album:" + b"1" * 22 + b"\n" + b"nonsense\n" * 3
    imports.take(context, ada, content, "f.csv")
    reasons = only(context, ada).reasons
    assert [(one.total, len(one.rows)) for one in reasons] == [(3, 3), (1, 1)]
    assert "an album" in reasons[1].text


def test_of_very_many_refused_rows_all_are_counted(context: Context, ada: Person) -> None:
    late = b"spotify:album:" + b"1" * 22 + b"\n"
    imports.take(context, ada, b"uri\n" + b"nonsense\n" * 3000 + late, "f.csv")
    kept = only(context, ada)
    assert (kept.rows, kept.refused_rows, len(kept.refused)) == (3001, 3001, 2000)
    assert [(one.total, len(one.rows)) for one in kept.reasons] == [(3000, 1999), (1, 1)]
    assert "an album" in kept.reasons[1].text


def test_what_a_file_says_is_dated_by_the_file(context: Context, ada: Person) -> None:
    then = datetime(2025, 2, 12, tzinfo=UTC)
    content = f"uri,energy,genres\nspotify:track:{1:022},0.5,shibuya-kei\n".encode()
    receipt = imports.take(context, ada, content, "f.csv", dated=then)
    (row,) = entries.listed(context, ada)
    energy = row.values["energy"]
    assert (energy.number, energy.source, energy.observed_at) == (0.5, Source.FILE, then)
    assert (row.genres, row.genre_source) == (("shibuya-kei",), Source.FILE)
    assert receipt.values == only(context, ada).values == {"energy": 1, "genres": 1}


def test_what_rows_say_that_wait_is_kept_until_they_are_found(
    anywhere: Context, knowing: Knowing
) -> None:
    ada, then = add_person(anywhere, "ada"), datetime(2025, 2, 12, tzinfo=UTC)
    connect(anywhere, ada)
    head = b"title,artist,energy,genres,album,duration_ms,release date\n"
    said = (f"Song n{n:03},Nobody,0.{n:02},shibuya-kei,Desert,215000,1999\n" for n in range(NAMES))
    content = head + "".join(said).encode()
    receipt = imports.take(anywhere, ada, content, "names.csv", dated=then)
    assert receipt.values == dict.fromkeys(("energy", "genres", "release_date", "duration_ms"), 5)
    finish(anywhere, receipt.import_id)

    listed = entries.listed(anywhere, ada)
    assert {row.title: row.number("energy") for row in listed} == {
        f"Song n{n:03}": n / 100 for n in range(0, NAMES, 2)
    }
    assert {row.values["energy"].observed_at for row in listed} == {then}
    assert {(row.genres, row.album, row.release_year, row.duration_ms) for row in listed} == {
        (("shibuya-kei",), "Desert", 1999, 215_000)
    }
    counts = dict.fromkeys(("energy", "genres", "release_date", "duration_ms"), 13)
    assert only(anywhere, ada).values == counts
    with anywhere.session() as session:
        assert kept.waiting(session, receipt.import_id or 0) == []


def test_names_that_say_nothing_else_wait_with_nothing(
    context: Context, ada: Person, knowing: Knowing
) -> None:
    connect(context, ada)
    receipt = imports.take(context, ada, named(), "names.csv")
    with context.session() as session:
        assert {one.said for one in kept.waiting(session, receipt.import_id or 0)} == {None}
    finish(context, receipt.import_id)
    assert only(context, ada).values == {}


def test_what_a_row_says_of_a_list_that_is_gone_is_kept_of_nothing(
    context: Context, ada: Person, knowing: Knowing
) -> None:
    connect(context, ada)
    party = lists.create(context, ada, "Party")
    content = b"title,artist,energy\n" + b"".join(
        f"Song n{n:03},Nobody,0.5\n".encode() for n in range(NAMES)
    )
    receipt = imports.take(context, ada, content, "names.csv", list_id=party)
    lists.delete(context, ada, party)
    finish(context, receipt.import_id)
    entries.add(context, ada, [f"{20:022}"])
    assert entries.listed(context, ada)[0].number("energy") is None


LOVED = '{"listened_at": 1700000000, "track_metadata": {"artist_name": "A", "track_name": "B"}}'
PLAYED = '[{"endTime": "2024-01-01 10:00", "artistName": "A", "trackName": "B", "msPlayed": 9}]'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("Земфира,Альбом,Хочешь?,02 Mar 2024 18:21\n", "history (Last.fm), not a list"),
        (LOVED, "history (ListenBrainz), not a list"),
        (PLAYED, "history (Spotify), not a list"),
        ("time,artist,title\n2024-01-01T10:00:00Z,Ann,Dust\n", "history, not a list"),
    ],
)
def test_a_listening_history_is_said_to_be_one(
    context: Context, ada: Person, content: str, said: str, encoding: str
) -> None:
    with pytest.raises(HistoryInstead, match="Imports page") as refused:
        imports.take(context, ada, content.encode(encoding), "history.csv")
    assert f"This is a listening {said} of tracks" in refused.value.reason
    assert imports.listed(context, ada) == []


@pytest.mark.parametrize(
    "content",
    [
        "Added At,Artist,Title\n2024-01-01T10:00:00Z,Ann,Dust\n",
        "time,artist,title\n3:35,Ann,Dust\n",
        "Shazam Library\nIndex,TagTime,Title,Artist,URL\n1,2023-05-03 12:10:11,Dust,Ann,x\n",
    ],
)
def test_a_list_with_times_is_no_history(context: Context, ada: Person, content: str) -> None:
    imports.take(context, ada, content.encode(), "list.csv")
    assert only(context, ada).rows == 1


@pytest.mark.parametrize("bring", ["a file", "lines"])
def test_without_its_receipt_nothing_is_taken(
    monkeypatch: pytest.MonkeyPatch, context: Context, ada: Person, bring: str
) -> None:
    def full(*_args: object) -> int:
        raise StoreFull

    monkeypatch.setattr(kept, "add", full)
    links = [f"spotify:track:{n:022}" for n in (1, 2)]
    table = "uri,energy\n" + "".join(f"{link},0.5\n" for link in links)

    brought = {
        "a file": lambda: imports.take(context, ada, table.encode(), "list.csv"),
        "lines": lambda: imports.add(context, ada, links),
    }
    with pytest.raises(StoreFull):
        brought[bring]()

    assert entries.listed(context, ada) == []
    with context.session() as session:
        assert session.exec(select(PersonalValue)).all() == []


CELLS = st.sampled_from(
    ["", "-", "Song n002", "Song n003", "I Ain't Worried", "x", f"spotify:track:{1:022}"]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(rows_=st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=30))
def test_every_row_is_added_there_waiting_or_refused(
    context: Context, ada: Person, knowing: Knowing, rows_: list[tuple[str, str, str]]
) -> None:
    if not matching.is_connected(context, ada):
        connect(context, ada)
    table = [f"{title}{n % 17},{artist},{link}" for n, (title, artist, link) in enumerate(rows_)]
    receipt = imports.take(context, ada, "\n".join(["title,artist,uri", *table]).encode(), "x.csv")
    counted = sum(rows(receipt))
    assert counted == len(rows_)
    told = sorted(
        [row.row for row in (*receipt.taken, *receipt.waiting, *receipt.refused)],
    )
    assert told == list(range(2, len(rows_) + 2))
    finish(context, receipt.import_id)
    done = imports.listed(context, ada)[0]
    assert (done.waiting, done.rows) == (0, len(rows_))
    entries.remove(context, ada, None)


OWN_JSON = '[{"title": "Dust", "artist": "Ada", "%s": "2024-03-02T18:21:00Z"}]'


@pytest.mark.parametrize(
    "content",
    [
        OWN_JSON % "played_at",
        "A,B,Song,02 Mar 2024 18:21\nA,B,Other,02 Mar 2024 18:25\n",
        'A,B,"creation_date",02 Mar 2024 18:21\nA,B,Other,02 Mar 2024 18:25\n',
    ],
)
def test_a_history_is_no_list_whatever_its_songs_are_called(content: str) -> None:
    with pytest.raises(HistoryInstead, match="listening history"):
        histories.refuse(content.encode())


@pytest.mark.parametrize("content", [OWN_JSON % "creation_date", "title,artist\nDust,Ada\n", ""])
def test_favourites_and_other_lists_are_taken(content: str) -> None:
    histories.refuse(content.encode())


def test_an_import_is_found_by_its_owner_with_what_waits(
    context: Context, ada: Person, bob: Person, knowing: Knowing
) -> None:
    connect(context, ada)
    receipt = imports.take(context, ada, named(12), "names.csv")
    import_id = receipt.import_id or 0
    assert imports.find(context, ada, import_id) == only(context, ada)
    assert imports.find(context, ada, import_id).waiting == 2
    finish(context, import_id)
    assert rows(imports.find(context, ada, import_id)) == (6, 0, 0, 6)
    for person, asked in ((bob, import_id), (ada, import_id + 1)):
        with pytest.raises(NotFound):
            imports.find(context, person, asked)


def test_a_single_name_that_waits_keeps_its_receipt(
    context: Context, ada: Person, knowing: Knowing
) -> None:
    connect(context, ada)
    knowing.waits_after = 0
    assert imports.add(context, ada, ["Nobody - Song n000"]).import_id
    assert only(context, ada).waiting == 1


@pytest.mark.parametrize("lines", [[f"{1:022}", "nonsense"], [f"{1:022}"] * 2, ["x", "y"]])
def test_of_two_lines_the_receipt_is_kept(context: Context, ada: Person, lines: list[str]) -> None:
    imports.add(context, ada, lines)
    assert only(context, ada).rows == 2


def test_a_single_line_that_is_refused_makes_no_history(context: Context, ada: Person) -> None:
    assert len(imports.add(context, ada, ["nonsense"]).refused) == 1
    assert imports.listed(context, ada) == []


@pytest.mark.parametrize(("asked_in", "seconds"), [(10, 60), (60, 60), (90, 90)])
def test_spotify_is_asked_again_after_a_minute_or_when_it_says(
    context: Context, ada: Person, knowing: Knowing, clock: Clock, asked_in: int, seconds: int
) -> None:
    connect(context, ada)
    receipt = imports.take(context, ada, named(12), "names.csv")
    knowing.error = RateLimited(clock.time + timedelta(seconds=asked_in))
    assert imports.advance(context, receipt.import_id or 0) == seconds


def test_while_another_process_looks_up_names_it_is_waited_a_second(
    context: Context, ada: Person, knowing: Knowing
) -> None:
    connect(context, ada)
    receipt = imports.take(context, ada, named(12), "names.csv")
    with locks.held(context.direct, f"imports-{ada.id}"):
        assert imports.advance(context, receipt.import_id or 0) == 1
    assert only(context, ada).waiting == 2


def test_the_newest_twenty_are_shown_and_kept_for_a_year(
    context: Context, ada: Person, clock: Clock
) -> None:
    content = f"uri\nspotify:track:{1:022}\n".encode()
    for number in range(21):
        imports.take(context, ada, content, f"{number}.csv")
    assert [one.name for one in imports.listed(context, ada)] == [
        f"{number}.csv" for number in range(20, 0, -1)
    ]
    clock.forward(days=365)
    imports.take(context, ada, content, "a year.csv")
    assert len(imports.listed(context, ada)) == 20
    clock.forward(seconds=1)
    imports.take(context, ada, content, "later.csv")
    assert [one.name for one in imports.listed(context, ada)] == ["later.csv", "a year.csv"]
