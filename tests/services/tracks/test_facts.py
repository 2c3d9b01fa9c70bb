from datetime import UTC, datetime

from ttt.found import Reach, Source
from ttt.services.tracks.facts import Fact, facts, standing
from ttt.services.tracks.rows import TrackRow, Value

NOW = datetime(2026, 11, 3, tzinfo=UTC)
WORDS = "ReccoBeats, 3 Nov 2026"


def row(source: Source = Source.RECCOBEATS, **numbers: float) -> TrackRow:
    values = {name: Value(number, source, NOW) for name, number in numbers.items()}
    return TrackRow("spotify:track:1", "Song", values=values)


def fact(row: TrackRow, name: str) -> Fact:
    (found,) = [fact for fact in facts(row, None) if fact.name == name]
    return found


def test_a_value_is_told_in_its_unit_with_sign_and_source() -> None:
    known = row(popularity=72, energy=0.714, valence=0.2, tempo=124.4, loudness=-6.34)
    told = [fact for fact in facts(known, None) if fact.text is not None]
    assert told == [
        Fact("Popularity", "72", "R", WORDS),
        Fact("Energy", "0.71 Upbeat", "R", WORDS),
        Fact("Valence", "0.20 Sad", "R", WORDS),
        Fact("Tempo", "124 BPM", "R", WORDS),
        Fact("Loudness", "-6.3 dB", "R", WORDS),
    ]


def test_what_is_not_known_is_there_without_a_value_or_a_source() -> None:
    names = [f.name for f in facts(row(), None)]
    assert names[:6] == ["Popularity", "Energy", "Valence", "Tempo", "Key", "Genres"]
    assert {(f.text, f.sign, f.source) for f in facts(row(), None)} == {(None, None, None)}


def test_zero_is_a_value() -> None:
    assert fact(row(danceability=0.0), "Danceability").text == "0.00"


def test_measures_of_a_single_service_are_told_where_they_are_known() -> None:
    names = {f.name for f in facts(row(), None)}
    assert names.isdisjoint({"Deezer rank", "Last.fm listeners", "Last.fm plays"})
    known = row(**{Reach.DEEZER_RANK: 812_345, Reach.LASTFM_PLAYCOUNT: 1_234_567})
    assert fact(known, "Deezer rank").text == "812,345 of 1,000,000"
    assert fact(known, "Last.fm plays").text == "1,234,567"


def test_a_key_of_two_sources_names_both() -> None:
    mixed = row(key=6)
    mixed.values["mode"] = Value(0, Source.HAND, NOW)
    assert fact(mixed, "Key") == Fact(
        "Key", "F♯ minor (11A)", "R H", f"{WORDS}; set by hand, 3 Nov 2026"
    )


def test_a_key_without_a_mode_says_so() -> None:
    assert fact(row(key=6), "Key").text == "F♯, mode unknown"
    assert fact(row(key=11), "Key").text == "B, mode unknown"
    assert fact(row(key=12), "Key").text is None
    assert fact(row(key=-1, mode=1), "Key").text is None


def test_genres_have_one_source() -> None:
    known = TrackRow(
        "spotify:track:1", "Song", genres=("pop", "rock"), genre_source=Source.MUSICBRAINZ
    )
    assert fact(known, "Genres") == Fact("Genres", "pop, rock", "M", "MusicBrainz")


def test_how_many_values_are_known_is_said() -> None:
    known = [Fact("Energy", "0.71"), Fact("Valence", "0.20"), Fact("Tempo", "124 BPM")]
    unknown = [Fact("Key", None), Fact("Genres", None), Fact("Loudness", None)]

    assert standing(known) == "Every value is known"
    assert standing(known + unknown[:1]) == "All values but key are known"
    assert standing(known + unknown[:2]) == "All values but key and genres are known"
    assert standing(known + unknown) == "3 of 6 values are known"
    assert standing(unknown) == "No value is known yet"
