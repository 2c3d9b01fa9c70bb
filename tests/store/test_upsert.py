from typing import Any

from sqlmodel import Session, col, select

from ttt.models import Artist
from ttt.store.upsert import replace_all, upsert


def artist(identity: str, name: str) -> dict[str, Any]:
    return {"identity": identity, "spotify_id": None, "name": name}


def names(session: Session) -> dict[str, str]:
    return dict(session.exec(select(Artist.identity, Artist.name)).all())


def test_new_rows_are_inserted(session: Session) -> None:
    upsert(session, Artist, [artist("a", "A"), artist("b", "B")], ["identity"])
    assert names(session) == {"a": "A", "b": "B"}


def test_no_rows_are_no_statement(session: Session) -> None:
    upsert(session, Artist, [], ["identity"])
    assert names(session) == {}


def test_without_an_update_a_row_stays_as_it_is(session: Session) -> None:
    upsert(session, Artist, [artist("a", "old")], ["identity"])
    upsert(session, Artist, [artist("a", "new"), artist("b", "B")], ["identity"])
    assert names(session) == {"a": "old", "b": "B"}


def test_an_update_replaces_what_it_names(session: Session) -> None:
    upsert(session, Artist, [artist("a", "old")], ["identity"])
    row = artist("a", "new") | {"spotify_id": "x"}
    upsert(session, Artist, [row], ["identity"], replace_all("name"))
    found = session.exec(select(Artist)).one()
    assert (found.name, found.spotify_id) == ("new", None)


def test_rows_are_inserted_in_the_order_of_their_keys_unless_told_otherwise(
    session: Session,
) -> None:
    rows = [artist("b", "B"), artist("a", "A")]
    in_order = select(Artist.identity).order_by(col(Artist.id))
    upsert(session, Artist, rows, ["identity"])
    assert session.exec(in_order).all() == ["a", "b"]
    rows = [artist("d", "D"), artist("c", "C")]
    upsert(session, Artist, rows, ["identity"], as_given=True)
    assert session.exec(in_order).all() == ["a", "b", "d", "c"]
