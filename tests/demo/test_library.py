"""The demo's own reading of the catalogue."""

import re

import pytest

from ttt.demo.library import made_up_id


def titles(found):
    return [track.title for track in found]


def test_ids_are_made_up_the_same_way_each_time():
    assert made_up_id("artist", "Linkin Park") == "3BrpmTZ2Xyrn5z1lxADKo6"
    assert made_up_id("album", "Linkin Park") != made_up_id("artist", "Linkin Park")


def test_made_up_ids_have_the_form_of_real_ones(library):
    for track in library.tracks:
        for made_up in (track.album_id, *(artist.id for artist in track.artists)):
            assert re.fullmatch("[0-9A-Za-z]{22}", made_up)


def test_every_track_has_an_isrc_of_its_own_that_says_demo(library):
    isrcs = {track.isrc for track in library.tracks}

    assert len(isrcs) == len(library.tracks)
    assert all(re.fullmatch(r"QZDEM26\d{5}", isrc) for isrc in isrcs)


def test_tracks_and_artists_are_found_by_id(library):
    track = library.tracks[0]

    assert library.track(track.id) is track
    assert library.artist(track.artists[0].id) == track.artists[0]
    assert library.track("0" * 22) is None
    assert library.artist("0" * 22) is None


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("numb linkin", ["Numb"]),
        ("MANESKIN beggin'", ["Beggin'"]),
        ("track:numb artist:Linkin Park", ["Numb"]),
        ('artist:"linkin park" track:"in the end"', ["In the End"]),
        ("numb artist:linkin", ["Numb"]),
        ("track:linkin", []),
        ("artist:numb", []),
        ("track:", []),
        ("?!", []),
    ],
)
def test_words_are_sought_where_the_query_says(library, query, expected):
    assert titles(library.search(query)) == expected


def test_the_title_itself_comes_first_and_then_the_better_known(library):
    found = library.search("believer")

    assert found[0].title == "Believer"
    starting = [track.popularity for track in found if track.title.startswith("Believer -")]
    assert starting == sorted(starting, reverse=True)
