from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.services.conftest import Clock
from ttt.errors import InvalidInput, NotFound, StoreFull
from ttt.services.context import Context
from ttt.services.lists import own_imports, own_values
from ttt.services.lists.own_imports import PastImport
from ttt.services.lists.own_values import Kept
from ttt.services.person import Person

ROWS = f"uri,energy,tempo\nspotify:track:{1:022},0.5,120\nspotify:track:{2:022},0.5,9000\nx,1,1\n"


def take(context: Context, person: Person, content: str = ROWS, name: str = "mine.csv") -> None:
    own_imports.take(context, person, content.encode(), name)


def only(context: Context, person: Person) -> PastImport:
    (found,) = own_imports.listed(context, person)
    return found


def test_a_receipt_is_kept_until_it_is_closed_and_then_in_the_history(
    context: Context, ada: Person, bob: Person
) -> None:
    take(context, ada)
    kept = only(context, ada)
    assert (kept.name, kept.at, kept.open) == ("mine.csv", context.now(), True)
    assert (kept.taken, kept.tracks, kept.refused_rows) == (2, 2, 1)
    assert kept.values == {"energy": 2, "tempo": 1}
    assert [(refusal.row, refusal.text) for refusal in kept.refused] == [(4, "x")]
    assert [(part.row, part.reason) for part in kept.partly] == [(3, "Could not be used: tempo.")]
    assert own_imports.listed(context, bob) == []
    with pytest.raises(NotFound):
        own_imports.close(context, bob, kept.id)
    assert only(context, ada).open
    own_imports.close(context, ada, kept.id)
    assert only(context, ada) == replace(kept, open=False)


def test_letters_that_cannot_be_read_are_counted(context: Context, ada: Person) -> None:
    told = f"uri,energy,title\nspotify:track:{1:022},0.5,Über Größe für Ärzte\n".encode()
    own_imports.take(context, ada, told.replace("Ü".encode(), b"\xff"), "mine.csv")
    assert only(context, ada).lost_letters == 1


def test_the_newest_file_comes_first(context: Context, ada: Person) -> None:
    for name in ("first.csv", "second.csv"):
        take(context, ada, name=name)
    assert [one.name for one in own_imports.listed(context, ada)] == ["second.csv", "first.csv"]


def test_the_newest_twenty_are_shown(context: Context, ada: Person) -> None:
    for number in range(21):
        take(context, ada, name=f"{number}.csv")
    names = [one.name for one in own_imports.listed(context, ada)]
    assert names == [f"{number}.csv" for number in range(20, 0, -1)]


def test_a_file_that_cannot_be_read_leaves_no_receipt(context: Context, ada: Person) -> None:
    with pytest.raises(InvalidInput):
        take(context, ada, "\0")
    assert own_imports.listed(context, ada) == []


def test_of_very_many_refused_rows_all_are_counted(context: Context, ada: Person) -> None:
    take(context, ada, "uri,energy\n" + "nonsense,0.5\n" * 2500)
    kept = only(context, ada)
    assert (kept.taken, kept.refused_rows, len(kept.refused)) == (0, 2500, 2000)
    ((reason, count, shown),) = kept.reasons
    assert (reason, count, len(shown)) == (kept.refused[0].reason, 2500, 2000)


def test_equal_reasons_stand_together_the_commonest_first(context: Context, ada: Person) -> None:
    uris = [f"spotify:track:{n:022}" for n in range(1, 4)]
    rows = [f"{uris[0]},7,120", f"{uris[1]},0.5,9000", f"{uris[2]},0.5,9000"]
    take(context, ada, "\n".join(["uri,energy,tempo", *rows]))
    reasons = [(one.text, one.total) for one in only(context, ada).parts]
    assert reasons == [("Could not be used: tempo.", 2), ("Could not be used: energy.", 1)]


def test_forgetting_ones_file_forgets_what_became_of_it(
    context: Context, ada: Person, bob: Person
) -> None:
    take(context, ada)
    take(context, bob)
    own_values.forget(context, ada)
    assert own_imports.listed(context, ada) == []
    assert only(context, bob).name == "mine.csv"


def test_values_are_taken_with_their_receipt_or_not_at_all(
    context: Context, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreFull

    with monkeypatch.context() as patch:
        patch.setattr("ttt.store.values.own_imports.add", full)
        with pytest.raises(StoreFull):
            take(context, ada)
    assert own_values.kept(context, ada) == Kept(0, None)
    take(context, ada)
    assert own_values.kept(context, ada).tracks == 2


def test_receipts_go_after_a_year(context: Context, ada: Person, clock: Clock) -> None:
    take(context, ada, name="old.csv")
    clock.forward(days=365)
    take(context, ada, name="new.csv")
    assert len(own_imports.listed(context, ada)) == 2
    clock.forward(seconds=1)
    take(context, ada, name="newest.csv")
    assert [one.name for one in own_imports.listed(context, ada)] == ["newest.csv", "new.csv"]


def test_the_day_of_the_file_is_not_the_day_of_the_import(context: Context, ada: Person) -> None:
    then = datetime(2025, 2, 12, tzinfo=UTC)
    own_imports.take(context, ada, ROWS.encode(), "f.csv", dated=then)
    assert only(context, ada).at == context.now() > then + timedelta(days=1)
    assert own_values.kept(context, ada).newest == then
