from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.services.sounding import row
from ttt.music import Period
from ttt.providers.values.catalogue import Catalogue
from ttt.services.context import Context
from ttt.services.lists import entries
from ttt.services.person import Person
from ttt.services.sound import builder, known, similar
from ttt.services.sound.builder import Draft, Pick, Recommender, Wish
from ttt.services.sound.similar import Similar
from ttt.services.top.top_tracks import TopList
from ttt.services.tracks.rows import TrackRow
from ttt.services.values import by_hand

steadily = settings(derandomize=True, deadline=None)
Lists = Mapping[Period, TopList]
EMPTY: Lists = {period: TopList(period) for period in Period}


def ranked(rows: list[TrackRow]) -> tuple[TrackRow, ...]:
    return tuple(replace(each, rank=rank) for rank, each in enumerate(rows, start=1))


@pytest.fixture
def tops(context: Context, ada: Person) -> Lists:
    """Forty tracks of the catalogue in each period, half of them those of the one before."""
    catalogue = Catalogue.load(context.settings.catalogue_file)
    ids = [track.spotify_id for track in catalogue.search("the", 80)]
    rows = list(known.rows(context, ada, ids).values())
    return {p: TopList(p, ranked(rows[n * 20 : n * 20 + 40])) for n, p in enumerate(Period)}


@pytest.fixture
def draft(context: Context, ada: Person, tops: Lists) -> Draft:
    return builder.build(context, ada, tops, [], Wish(6, 4), seed=1)


def pick(number: int, *, new: bool = False) -> Pick:
    return Pick(row(f"{'New' if new else 'Song'} {number}"), "why", new)


def made_up(own: int, new: int, more: int) -> Draft:
    """A draft of so many, with as many more of each to draw from."""
    favourites = [pick(n) for n in range(own + more)]
    fresh = [pick(n, new=True) for n in range(new + more)]
    picks = (*favourites[:own], *fresh[:new])
    shown = frozenset(p.row.uri for p in picks)
    return Draft(Wish(own, new), 1, picks, (*favourites, *fresh), shown)


def identities(draft: Draft) -> list[tuple[str | None, tuple[str, ...]]]:
    return [(each.title, each.artists) for each in draft.rows]


# Favourites


def test_favourites_come_from_the_chosen_periods_and_say_their_place(tops: Lists) -> None:
    found = builder.favourites(tops, [], Wish(periods=(Period.LONG_TERM,)))

    assert [p.row for p in found] == list(tops[Period.LONG_TERM].rows)
    assert found[2].why == "your no. 3, last year"
    assert not any(p.new for p in found)


def test_a_track_of_two_periods_is_one_favourite(tops: Lists) -> None:
    both = (Period.SHORT_TERM, Period.MEDIUM_TERM)
    assert len(builder.favourites(tops, [], Wish(periods=both))) == 60


def test_the_trending_list_counts_when_it_is_wished_for() -> None:
    saved = [row("A"), row("B")]
    wish = Wish(periods=(), trending=True)

    assert builder.favourites(EMPTY, saved, wish)[0].why == "on your trending list"
    assert builder.favourites(EMPTY, saved, replace(wish, trending=False)) == ()


def test_a_recording_under_two_ids_is_one_favourite() -> None:
    twin = replace(row("A"), uri="spotify:track:other", title="a!", artists=("BAND",))
    assert len(builder.favourites(EMPTY, [row("A"), twin], Wish(periods=(), trending=True))) == 1


@pytest.mark.parametrize(("letters", "count"), [(199, 2), (200, 1)])
def test_recordings_are_told_apart_by_the_first_200_letters(letters: int, count: int) -> None:
    titles = [row("x" * letters + end) for end in "ab"]
    names = [replace(row(n), title="A", artists=("x" * letters + n,)) for n in "cd"]
    for saved in (titles, names):
        found = builder.favourites(EMPTY, saved, Wish(periods=(), trending=True))
        assert len(found) == count


# Building


def test_as_many_of_each_kind_are_drawn_as_were_asked_for(draft: Draft, tops: Lists) -> None:
    own = {each.uri for each in tops[Period.SHORT_TERM].rows}
    every = {each.uri for top in tops.values() for each in top.rows}

    assert [p.new for p in draft.picks].count(False) == 6
    assert [p.new for p in draft.picks].count(True) == 4
    assert all(p.row.uri in own for p in draft.picks if not p.new)
    assert all(p.row.uri not in every for p in draft.picks if p.new)
    assert draft.notes == ()


def test_each_new_track_says_which_favourite_it_is_like(draft: Draft) -> None:
    titles = [p.row.title for p in draft.picks if not p.new]
    reasons = [p.why for p in draft.picks if p.new]

    assert all(reason.startswith("like ") and ":" in reason for reason in reasons)
    assert all(any(str(t)[:12] in reason for t in titles) for reason in reasons)
    assert draft.reasons[draft.picks[0].row.uri] == draft.picks[0].why


def test_the_same_seed_builds_the_same_list_and_another_another(
    context: Context, ada: Person, tops: Lists, draft: Draft
) -> None:
    build = partial(builder.build, context, ada, tops, [], Wish(6, 4))

    assert build(seed=1) == draft
    assert build(seed=2).rows != draft.rows


@steadily
@given(
    st.integers(0, 60), st.integers(0, 60), st.integers(0, 2**31), st.sets(st.sampled_from(Period))
)
def test_nothing_is_there_twice(own: int, new: int, seed: int, periods: set[Period]) -> None:
    saved = [row(f"Song {n % 30}") for n in range(40)]
    lists = {p: TopList(p, ranked(saved[n : n + 20])) for n, p in enumerate(Period)}
    wish = Wish(own, new, tuple(periods), trending=True, recommenders=())
    drawn = builder.build(None, None, lists, saved, wish, seed)  # type: ignore[arg-type]  # asks nobody

    assert len(set(identities(drawn))) == len(drawn.rows) == min(own, 30)


def test_without_favourites_in_the_list_new_tracks_are_like_those_to_choose_from(
    context: Context, ada: Person, tops: Lists
) -> None:
    drawn = builder.build(context, ada, tops, [], Wish(0, 5), seed=1)
    assert [p.new for p in drawn.picks] == [True] * 5


def test_what_falls_short_is_said(context: Context, ada: Person) -> None:
    drawn = builder.build(context, ada, EMPTY, [], Wish(3, 2), seed=1)

    assert drawn.picks == ()
    assert drawn.notes == (
        "Found no favourites to choose from.",
        "Found no new tracks.",
    )


def test_new_tracks_can_come_from_last_fm_and_its_trouble_is_said(
    context: Context, ada: Person, tops: Lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    def like(_context: Context, seeds: list[TrackRow]) -> Similar:
        return Similar({seeds[0].uri: ["0HqZX76SFLDz2aW8aiqi7G"]}, "Last.fm: It is not available.")

    monkeypatch.setattr(similar, "like", like)
    wish = Wish(3, 1, recommenders=(Recommender.LASTFM,))
    drawn = builder.build(context, ada, tops, [], wish, seed=1)
    [fresh] = [p for p in drawn.picks if p.new]

    assert fresh.row.title == "Bones"
    assert fresh.why.startswith("Last.fm: like ")
    assert drawn.notes == ("Last.fm: It is not available.",)


def test_what_last_fm_names_is_not_new_where_it_is_ones_own_by_another_id(
    context: Context, ada: Person, tops: Lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    bones = known.rows(context, ada, ["0HqZX76SFLDz2aW8aiqi7G"]).values()
    own = [replace(each, uri="spotify:track:another") for each in bones]
    told = {"0HqZX76SFLDz2aW8aiqi7G": ""}
    monkeypatch.setattr(similar, "like", lambda _c, seeds: Similar({seeds[0].uri: [*told]}))
    wish = Wish(3, 1, recommenders=(Recommender.LASTFM,))
    drawn = builder.build(context, ada, tops, own, wish, seed=1)
    assert not any(p.new for p in drawn.picks)


def test_a_saved_track_is_not_new(context: Context, ada: Person, tops: Lists) -> None:
    before = builder.build(context, ada, tops, [], Wish(6, 4), seed=1)
    entries.add_uris(context, ada, [p.row.uri for p in before.picks if p.new])
    saved = entries.listed(context, ada)
    after = builder.build(context, ada, tops, saved, Wish(6, 4), seed=1)

    assert {p.row.uri for p in after.picks if p.new}.isdisjoint(each.uri for each in saved)


def test_a_draft_can_be_brought_up_to_date(context: Context, ada: Person, draft: Draft) -> None:
    first = draft.rows[0]
    entries.add_uris(context, ada, [first.uri])
    by_hand.set_values(context, ada, first.uri, {"tempo": 77.0})
    after = builder.refreshed(context, ada, draft)

    assert after.rows[0].number("tempo") == 77
    assert [r.uri for r in after.rows] == [r.uri for r in draft.rows]
    assert [p.row.uri for p in after.pool] == [p.row.uri for p in draft.pool]
    assert after.reasons == draft.reasons


def test_a_track_that_is_known_no_longer_stays_as_it_was(context: Context, ada: Person) -> None:
    before = made_up(2, 0, 1)
    assert builder.refreshed(context, ada, before) == before


# Rerolling and shuffling


@steadily
@given(st.integers(0, 8), st.integers(0, 8), st.integers(0, 8), st.data())
def test_kept_tracks_stay_in_their_place_and_nothing_comes_twice(
    own: int, new: int, more: int, data: st.DataObject
) -> None:
    before = made_up(own, new, more)
    uris = [each.uri for each in before.rows]
    kept = data.draw(st.sets(st.sampled_from(uris))) if uris else set()
    after = builder.reroll(before, kept)

    assert [p.row.uri if p.row.uri in kept else None for p in after.picks] == [
        uri if uri in kept else None for uri in uris
    ]
    assert len({p.row.uri for p in after.picks}) == len(after.picks)
    assert [p.new for p in after.picks] == [p.new for p in before.picks]


def test_what_was_not_shown_yet_comes_first() -> None:
    before = made_up(4, 4, 4)
    once = builder.reroll(before, {before.rows[0].uri})
    first, later = {r.uri for r in before.rows}, {r.uri for r in once.rows}

    assert first & later == {before.rows[0].uri}
    assert once.shown == first | later
    # All have been seen now, so those come again that were not just thrown out.
    twice = builder.reroll(once, {before.rows[0].uri})
    assert {r.uri for r in twice.rows if "Song" in r.uri} <= first | {
        p.row.uri for p in once.pool if p.row.uri not in later
    }


def test_with_all_kept_nothing_changes() -> None:
    before = made_up(3, 2, 5)
    assert builder.reroll(before, {r.uri for r in before.rows}).picks == before.picks


def test_shuffling_loses_nothing_and_is_the_same_each_time() -> None:
    before = made_up(5, 5, 0)
    after = builder.shuffled(before)

    assert sorted(r.uri for r in after.rows) == sorted(r.uri for r in before.rows)
    assert after.rows != before.rows
    assert after == builder.shuffled(before)
    assert builder.shuffled(after).rows != after.rows


def test_every_recommender_has_a_name() -> None:
    assert [r.label for r in Recommender] == ["Sound", "Last.fm"]


def test_a_title_by_another_artist_is_another_favourite() -> None:
    saved = [row("A"), replace(row("A"), uri="spotify:track:other", artists=("Other",))]
    assert len(builder.favourites(EMPTY, saved, Wish(periods=(), trending=True))) == 2
