from datetime import timedelta

import pytest

from tests.services.conftest import Clock, FakeSpotify, add_person, connect
from tests.surroundings.databases import Postgres, opened
from ttt.errors import (
    InvalidInput,
    NotAllowed,
    NotConnected,
    NotFound,
    RateLimited,
    SpotifyUnavailable,
)
from ttt.found import FoundArtist, FoundTrack, Source
from ttt.music import Period
from ttt.providers.values.catalogue import OBSERVED_AT, Catalogue
from ttt.services.accounts import accounts
from ttt.services.context import Context
from ttt.services.lists import describing, entries, lists
from ttt.services.lists.describing import LOOKUPS
from ttt.services.person import Person
from ttt.services.tables.receipt import Receipt
from ttt.settings import Settings
from ttt.store.lists import entries as store
from ttt.store.lists import track_lists
from ttt.store.spotify import snapshots
from ttt.store.tracks import tracks

KNOWN = "4h9wh7iOZ0GGn8QVp4RAOB"
KNOWN_TOO = "2QjOHCTQ1Jl3zawyYOpxh6"
ALBUM = "https://open.spotify.com/album/4h9wh7iOZ0GGn8QVp4RAOB"


def unknown(number: int) -> str:
    """An id that is not in the catalogue."""
    return f"{number:022}"


def found(spotify_id: str, title: str = "Song") -> FoundTrack:
    return FoundTrack(
        spotify_id, title, (FoundArtist("Somebody", "some-id"),), cover_url="https://c"
    )


def ids(context: Context, person: Person) -> list[str]:
    return [row.uri.removeprefix("spotify:track:") for row in entries.listed(context, person)]


def titles(context: Context, person: Person) -> list[str | None]:
    return [row.title for row in entries.listed(context, person)]


def revision(context: Context, person: Person) -> int:
    return accounts.find(context, person.username).revision


@pytest.fixture
def real_settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"spotify_client_id": "real"})


@pytest.fixture
def real(context: Context, real_settings: Settings) -> Context:
    """Services that take their Spotify for the real one."""
    return Context(real_settings, context.engine, context.vault, context.now)


def test_a_new_list_is_empty(context: Context, ada: Person) -> None:
    assert entries.listed(context, ada) == []
    assert entries.everyones(context) == []


def test_a_track_of_the_catalogue_is_described_by_it(
    context: Context, ada: Person, clock: Clock
) -> None:
    assert entries.add(context, ada, [KNOWN]) == Receipt(1, 0)
    (row,) = entries.listed(context, ada)
    assert row.title == "I Ain't Worried"
    assert row.artists == ("OneRepublic",)
    assert row.added_at == clock.time
    assert row.values["popularity"].source is Source.CATALOGUE
    assert row.values["tempo"].observed_at == OBSERVED_AT


def test_the_list_reads_as_it_was_pasted_and_the_newest_paste_stands_above(
    context: Context, ada: Person, clock: Clock
) -> None:
    entries.add(context, ada, [unknown(3), unknown(1), unknown(2)])
    clock.forward(minutes=1)
    entries.add(context, ada, [unknown(9)])
    assert ids(context, ada) == [unknown(i) for i in (9, 3, 1, 2)]


def test_every_line_is_counted_once(context: Context, ada: Person) -> None:
    entries.add(context, ada, [KNOWN])
    lines = [
        "",
        f"https://open.spotify.com/track/{KNOWN}?si=x",
        ALBUM,
        "  ",
        unknown(1),
        f"spotify:track:{unknown(1)}",
        "nonsense",
    ]
    receipt = entries.add(context, ada, lines)
    assert (receipt.added, receipt.already_there) == (1, 2)
    assert [(refusal.row, refusal.text) for refusal in receipt.refused] == [
        (3, ALBUM),
        (7, "nonsense"),
    ]
    assert receipt.as_json() == {
        "added": 1,
        "already_there": 2,
        "repeated": 1,
        "waiting": 0,
        "values": {},
        "refused": [
            {"row": 3, "reason": receipt.refused[0].reason},
            {"row": 7, "reason": receipt.refused[1].reason},
        ],
    }


def test_links_that_stand_in_one_line_and_nothing_else_are_all_taken(
    context: Context, ada: Person
) -> None:
    uris = [f"spotify:track:{n:022}" for n in range(3)]
    receipt = entries.add(context, ada, [", ".join(uris), f"{uris[0]} or {uris[1]}"])
    assert (receipt.added, [refusal.row for refusal in receipt.refused]) == (3, [2])
    assert [row.uri for row in entries.listed(context, ada)] == uris


def test_what_nobody_can_describe_is_kept_by_its_uri(context: Context, ada: Person) -> None:
    assert entries.add(context, ada, [unknown(1)]).added == 1
    (row,) = entries.listed(context, ada)
    assert row.title is None
    assert row.label == f"spotify:track:{unknown(1)}"
    assert row.values == {}


def test_spotify_describes_what_the_catalogue_does_not(
    context: Context, ada: Person, adas_spotify: FakeSpotify
) -> None:
    adas_spotify.tracks[unknown(1)] = found(unknown(1))
    assert entries.add(context, ada, [KNOWN, unknown(1), unknown(1)]) == Receipt(2, 1)
    assert adas_spotify.asked == [unknown(1)]
    assert titles(context, ada) == ["I Ain't Worried", "Song"]


@pytest.mark.parametrize(("demo", "source"), [(True, Source.DEMO), (False, Source.SPOTIFY)])
def test_the_demo_is_not_taken_for_spotify(
    context: Context,
    real: Context,
    ada: Person,
    fake_spotify: FakeSpotify,
    demo: bool,
    source: Source,
) -> None:
    used = context if demo else real
    connect(used, ada)
    fake_spotify.tracks[unknown(1)] = found(unknown(1))
    entries.add(used, ada, [unknown(1)])
    with used.session() as session:
        ids_ = tracks.keep(session, [unknown(1)])
        described_by_spotify = not tracks.undescribed(session, ids_.values(), demo=False)
    assert described_by_spotify is (source is Source.SPOTIFY)


def test_a_track_that_moved_is_kept_under_the_id_that_was_asked_for(
    context: Context, ada: Person, adas_spotify: FakeSpotify
) -> None:
    adas_spotify.tracks[unknown(1)] = found(unknown(2), "Moved")
    entries.add(context, ada, [unknown(1)])
    assert (ids(context, ada), titles(context, ada)) == ([unknown(1)], ["Moved"])


def test_a_track_that_spotify_does_not_know_is_refused(
    context: Context, ada: Person, adas_spotify: FakeSpotify
) -> None:
    adas_spotify.tracks[unknown(3)] = found(unknown(3))
    receipt = entries.add(context, ada, ["nonsense", unknown(2), unknown(3), unknown(2), ""])
    assert receipt.added == 1
    assert [refusal.row for refusal in receipt.refused] == [1, 2, 4]
    assert receipt.refused[1].reason == "Spotify does not know this track."
    assert ids(context, ada) == [unknown(3)]


def test_after_the_first_trouble_spotify_is_left_alone_and_the_rest_kept(
    context: Context, ada: Person, adas_spotify: FakeSpotify
) -> None:
    adas_spotify.tracks = {unknown(i): found(unknown(i)) for i in range(4)}
    adas_spotify.errors[unknown(2)] = SpotifyUnavailable()
    assert entries.add(context, ada, [unknown(i) for i in range(4)]) == Receipt(4, 0)
    assert adas_spotify.asked == [unknown(i) for i in range(3)]
    assert titles(context, ada) == ["Song", "Song", None, None]


def test_one_add_asks_for_a_limited_number_of_tracks(
    context: Context, ada: Person, adas_spotify: FakeSpotify
) -> None:
    wanted = [unknown(i) for i in range(LOOKUPS + 5)]
    adas_spotify.tracks = {i: found(i) for i in wanted}
    assert entries.add(context, ada, wanted).added == LOOKUPS + 5
    assert adas_spotify.asked == wanted[:LOOKUPS]
    assert titles(context, ada).count(None) == 5


def test_a_connection_that_has_ended_is_not_asked(
    context: Context, ada: Person, fake_spotify: FakeSpotify
) -> None:
    connect(context, ada, usable=False)
    assert entries.add(context, ada, [unknown(1)]).added == 1
    assert fake_spotify.asked == []


def test_what_is_described_or_listed_is_not_asked_for_again(
    context: Context, ada: Person, bob: Person, fake_spotify: FakeSpotify
) -> None:
    entries.add(context, ada, [unknown(1)])
    connect(context, ada)
    connect(context, bob)
    assert entries.add(context, ada, [unknown(1)]) == Receipt(0, 1)
    assert fake_spotify.asked == []
    fake_spotify.tracks[unknown(1)] = found(unknown(1))
    entries.add(context, bob, [unknown(1)])
    entries.remove(context, bob, None)
    entries.add(context, bob, [unknown(1)])
    assert fake_spotify.asked == [unknown(1)]
    assert titles(context, ada) == ["Song"]


def test_tracks_of_another_list_are_added_without_asking(
    context: Context, ada: Person, adas_spotify: FakeSpotify
) -> None:
    with context.session() as session:
        ranked = tracks.save(session, [found(unknown(1))], Source.DEMO, context.now())
        snapshots.add(session, ada.id, Period.SHORT_TERM, context.now(), list(ranked.values()))
        session.commit()
    uris = [f"spotify:track:{unknown(1)}", f"spotify:track:{KNOWN}"]
    assert entries.add_uris(context, ada, uris) == Receipt(2, 0)
    assert entries.add_uris(context, ada, uris) == Receipt(0, 2)
    assert titles(context, ada) == ["Song", "I Ain't Worried"]
    assert adas_spotify.asked == []


def test_what_a_search_found_is_added_with_its_description(context: Context, ada: Person) -> None:
    picked = [found(unknown(1)), found(unknown(2), "Other")]
    assert entries.add_found(context, ada, picked, Source.SPOTIFY) == Receipt(2, 0)
    assert entries.add_found(context, ada, picked[:1], Source.SPOTIFY) == Receipt(0, 1)
    first, _ = entries.listed(context, ada)
    assert (first.title, first.cover_url) == ("Song", "https://c")


def test_what_was_found_in_the_catalogue_keeps_the_date_of_its_values(
    context: Context, ada: Person
) -> None:
    picked = Catalogue.load(context.settings.catalogue_file).search("sweater weather", 1)
    entries.add_found(context, ada, picked, Source.CATALOGUE)
    (row,) = entries.listed(context, ada)
    assert row.values["energy"].source is Source.CATALOGUE
    assert row.values["energy"].observed_at == OBSERVED_AT


def test_a_track_found_on_spotify_gets_the_values_of_the_catalogue(
    context: Context, ada: Person
) -> None:
    entries.add_found(context, ada, [found(KNOWN, "As Spotify says")], Source.SPOTIFY)
    (row,) = entries.listed(context, ada)
    assert row.title == "As Spotify says"
    assert row.values["energy"].source is Source.CATALOGUE


def test_lists_are_personal_and_everybody_sees_who_added_what(
    context: Context, ada: Person, bob: Person, clock: Clock
) -> None:
    entries.add(context, ada, [KNOWN])
    clock.forward(hours=1)
    entries.add(context, bob, [KNOWN_TOO, KNOWN])
    assert ids(context, ada) == [KNOWN]
    seen = [(row.added_by, row.uri[-22:]) for row in entries.everyones(context)]
    assert seen == [("Bob", KNOWN_TOO), ("Bob", KNOWN), ("Ada", KNOWN)]
    assert len(entries.everyones(context, limit=2)) == 2


def test_a_removal_is_undone_once(context: Context, ada: Person, clock: Clock) -> None:
    entries.add(context, ada, [unknown(i) for i in range(4)])
    before = entries.listed(context, ada)
    clock.forward(days=1)
    removal = entries.remove(context, ada, [before[1].uri, before[2].uri])
    assert removal.count == 2
    assert ids(context, ada) == [unknown(0), unknown(3)]
    assert entries.undo(context, ada, removal.name) == 2
    assert entries.listed(context, ada) == before
    with pytest.raises(NotFound):
        entries.undo(context, ada, removal.name)


def test_two_removals_are_undone_each_by_itself(context: Context, ada: Person) -> None:
    entries.add(context, ada, [unknown(i) for i in range(3)])
    first = entries.remove(context, ada, [unknown(0)])
    second = entries.remove(context, ada, None)
    assert (first.count, second.count) == (1, 2)
    assert entries.undo(context, ada, first.name) == 1
    assert ids(context, ada) == [unknown(0)]
    assert entries.undo(context, ada, second.name) == 2


def test_removing_what_is_not_there_removes_nothing(context: Context, ada: Person) -> None:
    entries.add(context, ada, [KNOWN])
    removal = entries.remove(context, ada, [KNOWN_TOO, unknown(1)])
    assert removal.count == 0
    with pytest.raises(NotFound):
        entries.undo(context, ada, removal.name)


def test_removing_nonsense_is_refused_as_a_whole(context: Context, ada: Person) -> None:
    entries.add(context, ada, [KNOWN])
    with pytest.raises(InvalidInput):
        entries.remove(context, ada, [KNOWN, "nonsense"])
    assert ids(context, ada) == [KNOWN]


def test_undoing_leaves_a_track_that_was_added_again_where_it_is(
    context: Context, ada: Person, clock: Clock
) -> None:
    entries.add(context, ada, [KNOWN, KNOWN_TOO])
    removal = entries.remove(context, ada, None)
    clock.forward(minutes=1)
    assert entries.add(context, ada, [KNOWN_TOO]) == Receipt(1, 0)
    assert entries.undo(context, ada, removal.name) == 1
    assert ids(context, ada) == [KNOWN_TOO, KNOWN]


def test_undoing_after_everything_was_added_again_finds_nothing(
    context: Context, ada: Person
) -> None:
    entries.add(context, ada, [KNOWN])
    removal = entries.remove(context, ada, None)
    entries.add(context, ada, [KNOWN])
    with pytest.raises(NotFound):
        entries.undo(context, ada, removal.name)
    assert ids(context, ada) == [KNOWN]


def test_nobody_undoes_another_persons_removal(context: Context, ada: Person, bob: Person) -> None:
    entries.add(context, ada, [KNOWN])
    removal = entries.remove(context, ada, None)
    with pytest.raises(NotFound):
        entries.undo(context, bob, removal.name)
    assert entries.undo(context, ada, removal.name) == 1


@pytest.mark.parametrize(("days", "there"), [(30, True), (31, False)])
def test_a_removal_can_be_undone_for_thirty_days(
    context: Context, ada: Person, clock: Clock, days: int, there: bool
) -> None:
    entries.add(context, ada, [KNOWN])
    removal = entries.remove(context, ada, None)
    clock.forward(days=days)
    if there:
        assert entries.undo(context, ada, removal.name) == 1
    else:
        with pytest.raises(NotFound):
            entries.undo(context, ada, removal.name)


def test_every_change_makes_cached_reads_stale(context: Context, ada: Person) -> None:
    seen = [revision(context, ada)]
    entries.add(context, ada, [KNOWN])
    seen.append(revision(context, ada))
    entries.add_uris(context, ada, [KNOWN_TOO])
    seen.append(revision(context, ada))
    removal = entries.remove(context, ada, None)
    seen.append(revision(context, ada))
    entries.undo(context, ada, removal.name)
    seen.append(revision(context, ada))
    assert seen == sorted(set(seen))


def test_pending_tracks_are_described_later(
    context: Context, ada: Person, bob: Person, fake_spotify: FakeSpotify
) -> None:
    entries.add(context, ada, [unknown(1), KNOWN])
    entries.add(context, bob, [unknown(1), unknown(2)])
    connect(context, ada)
    fake_spotify.tracks[unknown(1)] = found(unknown(1))
    bobs_revision = revision(context, bob)
    assert describing.pending(context, ada) == 1
    assert fake_spotify.asked == [unknown(1)]
    assert titles(context, ada) == ["Song", "I Ain't Worried"]
    assert titles(context, bob) == ["Song", None]
    assert revision(context, bob) > bobs_revision


def test_a_track_that_spotify_does_not_know_changes_nobodys_page(
    context: Context, ada: Person, bob: Person, fake_spotify: FakeSpotify
) -> None:
    entries.add(context, ada, [unknown(1)])
    connect(context, ada)
    before = revision(context, bob)
    assert describing.pending(context, ada) == 0
    assert fake_spotify.asked == [unknown(1)]
    assert revision(context, bob) == before


def test_nothing_pending_is_no_call_and_no_change(
    context: Context, ada: Person, adas_spotify: FakeSpotify
) -> None:
    entries.add(context, ada, [KNOWN])
    before = revision(context, ada)
    assert describing.pending(context, ada) == 0
    assert adas_spotify.asked == []
    assert revision(context, ada) == before


def test_describing_stops_at_the_first_trouble_and_keeps_what_came_before(
    context: Context, ada: Person, fake_spotify: FakeSpotify, clock: Clock
) -> None:
    entries.add(context, ada, [unknown(i) for i in range(3)])
    connect(context, ada)
    fake_spotify.tracks = {unknown(i): found(unknown(i)) for i in range(3)}
    fake_spotify.errors[unknown(1)] = RateLimited(clock.time + timedelta(hours=1))
    with pytest.raises(RateLimited):
        describing.pending(context, ada)
    assert titles(context, ada) == ["Song", None, None]
    assert fake_spotify.asked == [unknown(0), unknown(1)]


def test_describing_asks_for_a_limited_number(
    context: Context, ada: Person, fake_spotify: FakeSpotify
) -> None:
    entries.add(context, ada, [unknown(i) for i in range(5)])
    connect(context, ada)
    fake_spotify.tracks = {unknown(i): found(unknown(i)) for i in range(5)}
    assert describing.pending(context, ada, limit=3) == 3
    assert describing.pending(context, ada, limit=3) == 2
    assert describing.pending(context, ada, limit=3) == 0


def test_describing_without_a_connection_says_so(context: Context, ada: Person) -> None:
    entries.add(context, ada, [unknown(1)])
    with pytest.raises(NotConnected):
        describing.pending(context, ada)


def test_spotify_is_not_asked_again_for_what_it_does_not_know(
    real: Context, ada: Person, fake_spotify: FakeSpotify
) -> None:
    entries.add(real, ada, [unknown(1), unknown(2)])
    connect(real, ada)
    fake_spotify.tracks[unknown(2)] = found(unknown(2))
    assert describing.pending(real, ada, limit=1) == 0
    assert describing.pending(real, ada, limit=1) == 1
    assert describing.pending(real, ada) == 0
    assert fake_spotify.asked == [unknown(1), unknown(2)]
    assert titles(real, ada) == [None, "Song"]


def test_what_the_demo_does_not_know_is_asked_of_the_real_spotify(
    context: Context, real: Context, ada: Person, bob: Person, fake_spotify: FakeSpotify
) -> None:
    for person in (ada, bob):
        entries.add(context, person, [unknown(1)])
    connect(context, ada)
    assert describing.pending(context, ada) == 0
    connect(real, bob)
    fake_spotify.tracks[unknown(1)] = found(unknown(1))
    assert describing.pending(real, bob) == 1


def test_what_the_catalogue_came_to_know_is_described_by_it(
    context: Context, ada: Person, fake_spotify: FakeSpotify
) -> None:
    entries.add(context, ada, [unknown(1)])
    with context.session() as session:
        kept = tracks.keep(session, [KNOWN])
        session.commit()
        store.add(
            session, track_lists.trending_id(session, ada.id), list(kept.values()), context.now()
        )
        session.commit()
    with pytest.raises(NotConnected):
        describing.pending(context, ada)
    assert titles(context, ada) == ["I Ain't Worried", None]


def test_nothing_is_half_done(
    context: Context, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> int:
        raise RuntimeError

    before = revision(context, ada)
    monkeypatch.setattr(store, "add", fail)
    with pytest.raises(RuntimeError):
        entries.add(context, ada, [KNOWN])
    with context.session() as session:
        assert tracks.ids_of(session, [KNOWN]) == {}
    assert revision(context, ada) == before


def test_the_same_on_postgresql(context: Context, postgres: Postgres) -> None:
    with postgres.database() as url, opened(url) as engine:
        there = Context(context.settings, engine, context.vault, context.now)
        ada = add_person(there, "ada")
        assert entries.add(there, ada, [unknown(2), KNOWN, unknown(1), KNOWN]) == Receipt(3, 1)
        removal = entries.remove(there, ada, [KNOWN])
        assert entries.undo(there, ada, removal.name) == 1
        assert ids(there, ada) == [unknown(2), KNOWN, unknown(1)]
        assert [row.added_by for row in entries.everyones(there)] == ["Ada"] * 3


def test_a_track_that_waits_for_its_description_gets_it_when_another_list_takes_it(
    context: Context, ada: Person, adas_spotify: FakeSpotify
) -> None:
    adas_spotify.error = SpotifyUnavailable()
    entries.add(context, ada, [unknown(1)])
    adas_spotify.error = None
    adas_spotify.tracks[unknown(1)] = found(unknown(1))
    entries.add(context, ada, [unknown(1)], lists.create(context, ada, "Party"))
    assert titles(context, ada) == [found(unknown(1)).title]


def test_who_added_what_is_said_where_more_than_one_person_can_have(
    context: Context, ada: Person, bob: Person
) -> None:
    ours = lists.create(context, ada, "Ours")
    entries.add(context, ada, [KNOWN], ours)

    def by() -> list[str | None]:
        return [row.added_by for row in entries.listed(context, ada, ours)]

    assert by() == [None]
    lists.share(context, ada, ours, lists.Access.EDIT)
    assert by() == ["Ada"]
    entries.add(context, bob, [KNOWN_TOO], ours)
    lists.share(context, ada, ours, lists.Access.SEE)
    assert by() == ["Bob", "Ada"]


def test_whoever_may_only_see_a_list_changes_nothing_on_it(
    context: Context, ada: Person, bob: Person
) -> None:
    ours = lists.create(context, ada, "Ours")
    uri = f"spotify:track:{KNOWN}"
    removal = entries.remove(context, ada, [uri], ours)
    entries.add_uris(context, ada, [uri], ours)
    lists.share(context, ada, ours, lists.Access.SEE)
    for change in (
        lambda: entries.add_uris(context, bob, [KNOWN_TOO], ours),
        lambda: entries.remove(context, bob, [uri], ours),
        lambda: entries.remove(context, bob, None, ours),
        lambda: entries.undo(context, bob, removal.name, ours),
    ):
        with pytest.raises(NotAllowed):
            change()
    assert [row.uri for row in entries.listed(context, bob, ours)] == [uri]


def test_what_is_no_track_is_refused_by_its_place(context: Context, ada: Person) -> None:
    receipt = entries.add_uris(context, ada, ["nonsense", KNOWN, ALBUM])
    assert [refusal.row for refusal in receipt.refused] == [1, 3]
    assert [taken.row for taken in receipt.taken] == [2]
