from datetime import datetime, timedelta

from sqlmodel import Session, col, delete

from tests.surroundings.answering import song, spotify_id
from ttt.found import Finding, FoundFeatures, Source
from ttt.models import AudioFeatures
from ttt.store.tracks import sound, tracks
from ttt.store.values import values


def save(session: Session, number: int, source: Source, energy: float, at: datetime) -> None:
    ids = tracks.save(session, [song(number)], Source.SPOTIFY, at)
    finding = Finding(features=FoundFeatures(energy=energy))
    values.save(session, {ids[spotify_id(number)]: finding}, source, at)


def test_features_of_all_tracks_come_by_source(session: Session, now: datetime) -> None:
    save(session, 0, Source.DEEZER, 0.5, now)
    save(session, 0, Source.CATALOGUE, 0.6, now)
    save(session, 1, Source.DEEZER, 0.7, now)

    found = sorted(tuple(row) for row in sound.features(session, ["energy", "tempo"]))
    assert found == [
        (spotify_id(0), "catalogue", 0.6, None),
        (spotify_id(0), "deezer", 0.5, None),
        (spotify_id(1), "deezer", 0.7, None),
    ]


def test_the_stamp_is_another_after_each_change(session: Session, now: datetime) -> None:
    stamps = [sound.stamp(session)]
    assert stamps == [(0, 0, None)]
    save(session, 0, Source.CATALOGUE, 0.5, now)
    stamps.append(sound.stamp(session))
    save(session, 1, Source.CATALOGUE, 0.5, now)
    stamps.append(sound.stamp(session))
    save(session, 0, Source.CATALOGUE, 0.6, now + timedelta(seconds=1))
    stamps.append(sound.stamp(session))
    session.exec(delete(AudioFeatures).where(col(AudioFeatures.energy) == 0.5))
    stamps.append(sound.stamp(session))

    assert len(set(stamps)) == len(stamps)
    assert sound.stamp(session) == stamps[-1]
