"""A file comes in pieces, whatever happens in between, and is read back as it was."""

import io

import pytest

from tests.services.plays.bringing.test_importing import bring
from ttt.errors import InvalidInput, NotFound
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays.bringing import importing, uploads
from ttt.services.plays.bringing.uploads import State
from ttt.store.plays import uploads as stored


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "PIECE", 4)


def bring_in_fours(context: Context, person: Person, data: bytes, name: str = "a.json") -> int:
    upload = uploads.begin(context, person, name, len(data))
    for number in range(-(-len(data) // 4)):
        upload = uploads.put(context, person, upload.id, number, data[4 * number : 4 * number + 4])
    return upload.id


def test_pieces_are_read_as_one_stream(context: Context, ada: Person) -> None:
    upload = uploads.find(context, ada, bring_in_fours(context, ada, b"0123456789"))
    stream = uploads.opened(context, upload)
    assert stream.read() == b"0123456789"
    assert (stream.seek(3), stream.read(4)) == (3, b"3456")
    assert (stream.seek(-2, io.SEEK_END), stream.read()) == (8, b"89")
    bare = uploads.Pieces(context, upload.id, upload.size)
    assert (bare.readable(), bare.seekable(), bare.tell()) == (True, True, 0)
    assert (bare.seek(5), bare.seek(2, io.SEEK_CUR), bare.tell()) == (5, 7, 7)
    assert (bare.seek(-9, io.SEEK_CUR), bare.read(9)) == (0, b"0123")
    assert (bare.seek(20), bare.read(1)) == (20, b"")


def test_a_piece_comes_in_its_turn_and_whole(context: Context, ada: Person) -> None:
    upload = uploads.begin(context, ada, "a.json", 6)
    for number, data in ((1, b"45"), (0, b"012"), (0, b"01234")):
        with pytest.raises(InvalidInput):
            uploads.put(context, ada, upload.id, number, data)
    after = uploads.put(context, ada, upload.id, 0, b"0123")
    assert (after.received, after.next_piece, after.is_here) == (4, 1, False)
    assert uploads.put(context, ada, upload.id, 0, b"9999").received == 4
    with pytest.raises(InvalidInput):
        uploads.put(context, ada, upload.id, 1, b"456")
    ended = uploads.put(context, ada, upload.id, 1, b"45")
    assert (ended.state, ended.is_here) == (State.WAITING, True)
    assert uploads.put(context, ada, upload.id, 7, b"late").received == 6


def test_three_files_of_a_person_are_under_way_at_most(
    context: Context, ada: Person, bob: Person
) -> None:
    first, *_ = [uploads.begin(context, ada, name, 9) for name in ("a", "b", "c")]
    with pytest.raises(InvalidInput, match="Three files"):
        uploads.begin(context, ada, "d", 9)
    with pytest.raises(InvalidInput, match="Three files"):
        uploads.begin(context, ada, "a", 8)
    assert uploads.begin(context, ada, "a", 9).id == first.id
    assert uploads.begin(context, bob, "a", 9).id != first.id
    with pytest.raises(NotFound):
        uploads.drop(context, bob, first.id)
    uploads.drop(context, ada, first.id)
    assert uploads.begin(context, ada, "d", 9).name == "d"


def test_what_is_here_in_full_is_not_dropped(context: Context, ada: Person) -> None:
    upload_id = bring_in_fours(context, ada, b"01234")
    uploads.drop(context, ada, upload_id)
    assert uploads.find(context, ada, upload_id).state is State.WAITING


def test_a_file_has_a_size_up_to_what_the_server_takes(context: Context, ada: Person) -> None:
    most = context.settings.history_max_mb << 20
    assert uploads.begin(context, ada, "most", most).size == most
    assert uploads.begin(context, ada, "least", 1).size == 1
    for size in (0, most + 1):
        with pytest.raises(InvalidInput):
            uploads.begin(context, ada, "no", size)


@pytest.mark.parametrize(
    ("name", "kept"), [("", "history"), ("x\ny", "x y"), ("a" * 201, "a" * 200)]
)
def test_a_file_has_a_name_of_one_line(context: Context, ada: Person, name: str, kept: str) -> None:
    assert uploads.begin(context, ada, name, 9).name == kept


def test_the_same_bytes_are_taken_once_of_each_person_until_they_are_taken_back(
    context: Context, ada: Person, bob: Person
) -> None:
    data = b"0123456789"
    first = bring_in_fours(context, ada, data)
    assert bring_in_fours(context, ada, b"012345678x") != first
    assert bring_in_fours(context, bob, data) != first
    upload = uploads.begin(context, ada, "b.json", len(data))
    for number in range(3):
        again = uploads.put(context, ada, upload.id, number, data[4 * number : 4 * number + 4])
    assert (again.id, again.already_since) == (first, uploads.find(context, ada, first).created_at)
    with pytest.raises(NotFound):
        uploads.find(context, ada, upload.id)
    importing.undo(context, ada, first)
    assert bring_in_fours(context, ada, data) != first


def test_uploads_are_listed_to_their_owner_the_newest_first(
    context: Context, ada: Person, bob: Person
) -> None:
    mine = [bring(context, ada, name, name.encode()).id for name in ("a", "b")]
    assert [one.id for one in uploads.listed(context, ada)] == mine[::-1]
    assert uploads.listed(context, bob) == []
    with pytest.raises(NotFound):
        uploads.find(context, bob, mine[0])
    with context.session() as session:
        assert stored.in_states(session, ada.id, [State.WAITING]) == mine
        assert stored.in_states(session, bob.id, [State.WAITING]) == []
