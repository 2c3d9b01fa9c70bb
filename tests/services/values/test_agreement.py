from tests.surroundings.answering import song, spotify_id
from ttt.found import Finding, FoundFeatures, Source
from ttt.services.context import Context
from ttt.services.values import agreement
from ttt.services.values.agreement import Agreement
from ttt.store.tracks import tracks
from ttt.store.values import values

CATALOGUE, RECCOBEATS = Source.CATALOGUE, Source.RECCOBEATS


def save(context: Context, source: Source, found: dict[int, Finding]) -> None:
    with context.session() as session:
        ids = tracks.save(session, map(song, found), Source.SPOTIFY, context.now())
        by_track = {ids[spotify_id(number)]: finding for number, finding in found.items()}
        values.save(session, by_track, source, context.now())
        session.commit()


def test_two_sources_are_compared_where_both_know_a_value(context: Context) -> None:
    one = {i: Finding(popularity=50.0) for i in range(25)}
    other = {i: Finding(popularity=50.0 + i) for i in range(5, 25)}
    save(context, CATALOGUE, one)
    save(context, RECCOBEATS, other)
    assert agreement.report(context) == [
        Agreement("popularity", RECCOBEATS, CATALOGUE, 20, 25, 20, median=14.5, p95=23.0)
    ]


def test_sources_without_a_common_track_have_no_difference(context: Context) -> None:
    save(context, CATALOGUE, {0: Finding(popularity=50.0)})
    save(context, RECCOBEATS, {1: Finding(popularity=60.0)})
    (report,) = agreement.report(context)
    assert (report.both, report.median, report.p95) == (0, None, None)


def test_keys_are_compared_round_the_circle(context: Context) -> None:
    save(context, CATALOGUE, {0: Finding(features=FoundFeatures(key=0))})
    save(context, RECCOBEATS, {0: Finding(features=FoundFeatures(key=11))})
    (report,) = agreement.report(context)
    assert (report.field, report.median) == ("key", 1)


def test_a_field_that_one_source_knows_is_left_out(context: Context) -> None:
    assert agreement.report(context) == []
    save(context, CATALOGUE, {0: Finding(popularity=50.0)})
    assert agreement.report(context) == []
