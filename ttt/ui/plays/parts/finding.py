"""Which track, artist, album or genre an address means, and what an address calls it."""

import numpy as np

from ttt.chartdata import Of
from ttt.services.plays.frame import Frame
from ttt.services.plays.measures import counting

_NAMED = {Of.ARTISTS, Of.GENRES}


def key(frame: Frame, of: Of, told: str) -> int | None:
    """The number of what is called so, if it was ever played: artists and genres by their names."""
    tracks = frame.tracks
    if of is Of.ARTISTS:
        return tracks.artist_places.get(told)
    if of is Of.GENRES:
        return tracks.genre_names.index(told) if told in tracks.genre_names else None
    place = _place(frame, told)
    if place is None:
        return None
    found = int(tracks.recording[place] if of is Of.TRACKS else tracks.album[place])
    return found if found >= 0 else None


def called(frame: Frame, of: Of, key_: int) -> str:
    """What an address calls it: the same in every process, unlike its number."""
    tracks = frame.tracks
    if of in _NAMED:
        names = tracks.artist_names if of is Of.ARTISTS else tracks.genre_names
        return names[key_]
    place = int((counting.owner(tracks, of) == key_).argmax())
    return str(int(tracks.id[place]))


def _place(frame: Frame, id_: str) -> int | None:
    """Place of a track by the number that it has here, or by its id at Spotify."""
    tracks = frame.tracks
    if not id_.isascii():
        return None
    if id_.isdigit() and len(id_) < 12:
        places = np.flatnonzero(tracks.id == int(id_))
        return int(places[0]) if len(places) else None
    return tracks.places.get(f"spotify:track:{id_}")
