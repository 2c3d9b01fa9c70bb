from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from ttt.found import Reach, Source
from ttt.services.tracks import provenance
from ttt.services.tracks.rows import TrackRow, Value

FIRST, LAST = datetime(2026, 11, 3, 23, 30, tzinfo=UTC), datetime(2026, 11, 22, tzinfo=UTC)
R, D, C, L = Source.RECCOBEATS, Source.DEEZER, Source.CATALOGUE, Source.LASTFM


def row(genres: Source | None = None, at: datetime = FIRST, **sources: Source) -> TrackRow:
    """A row whose values have these sources, by the name of the value."""
    values = {name: Value(0.5, source, at) for name, source in sources.items()}
    names = ("rock",) if genres is not None else ()
    return TrackRow("spotify:track:1", "Song", genres=names, genre_source=genres, values=values)


def test_every_source_has_a_sign_of_its_own() -> None:
    signs = [provenance.sign(source) for source in Source]
    assert len(set(signs)) == len(Source)
    assert max(map(len, signs)) <= 2


def test_words_name_source_and_day_in_the_persons_zone() -> None:
    assert provenance.words(R, FIRST, None) == "ReccoBeats, 3 Nov 2026"
    assert provenance.words(R, FIRST, ZoneInfo("Europe/Berlin")) == "ReccoBeats, 4 Nov 2026"


def test_the_catalogue_is_dated_by_its_year_alone() -> None:
    assert provenance.words(C, datetime(2022, 9, 22, tzinfo=UTC), None) == "catalogue, 2022"


@pytest.mark.parametrize(
    ("marked", "mark"),
    [
        (row(), None),
        (row(energy=R), "R"),
        (row(popularity=R, energy=R, valence=R, tempo=R, key=R), "R"),
        (row(energy=R, valence=R, tempo=D), "R, tempo D"),
        (row(popularity=C, energy=R, valence=R, genres=L), "R, popularity C, genres L"),
        (row(popularity=C, energy=R, valence=R, tempo=C, key=R), "R, popularity tempo C"),
        (row(genres=L), "L"),
        (row(energy=R, valence=D), "R, valence D"),
        (row(danceability=D, mode=D), None),
    ],
)
def test_a_mark_names_the_values_that_are_not_of_the_main_source(
    marked: TrackRow, mark: str | None
) -> None:
    assert provenance.mark(marked) == mark


def test_a_legend_explains_the_signs_of_the_marks_with_their_days() -> None:
    rows = [
        row(energy=R, tempo=D, at=LAST, genres=L),
        row(energy=R),
        row(popularity=C),
        row(**{Reach.LASTFM_LISTENERS: Source.MUSICBRAINZ}),
    ]
    assert provenance.legend(rows, None) == [
        "R ReccoBeats, 3 Nov 2026 to 22 Nov 2026",
        "D Deezer, 22 Nov 2026",
        "C catalogue, 2022",
        "L Last.fm",
    ]


def test_a_legend_can_be_of_some_values_only() -> None:
    rows = [row(energy=R, tempo=D, genres=L), row(popularity=C)]
    assert provenance.legend(rows, None, ["tempo"]) == ["D Deezer, 3 Nov 2026"]
    assert provenance.legend(rows, None, [provenance.GENRES]) == ["L Last.fm"]
    assert provenance.legend(rows, None, ["valence"]) == []


def test_rows_without_values_have_no_legend() -> None:
    assert provenance.legend([row()], None) == []
