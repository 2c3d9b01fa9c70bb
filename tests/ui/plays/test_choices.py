from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from tests.cli.test_history import HISTORY, row
from tests.services.plays.conftest import decided
from tests.ui.conftest import Visitor, click, labels, play, unfold
from tests.ui.pages.test_imports_page import bring
from ttt.errors import InvalidInput
from ttt.models import Track
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays.choices import hiding as service
from ttt.ui.plays import hiding, joining


@pytest.fixture
def tracks(context: Context, ada: Person, visitor: Visitor) -> list[int]:
    """Ids of what Ada played; whoever looks is she."""
    bring(context, ada, [*HISTORY, row(40, "d")])
    with context.session() as session:
        return [track or 0 for track in session.exec(select(Track.id).order_by(Track.title))]


def test_an_artist_is_hidden_and_shown_where_it_is_seen(
    context: Context, ada: Person, tracks: list[int]
) -> None:
    app = play(lambda: hiding.button(ada, artist="The Invented Few"))
    click(app, "Hide from charts")
    assert [one.artist for one in service.listed(context, ada)] == ["The Invented Few"]
    assert labels(app) == ["Show in charts again"]
    click(app, "Show in charts again")
    assert service.listed(context, ada) == []


def test_an_album_and_a_track_are_hidden_by_themselves(
    context: Context, ada: Person, tracks: list[int]
) -> None:
    click(play(lambda: hiding.button(ada, artist="X", album="Nothing Real")), "Hide from charts")
    click(play(lambda: hiding.button(ada, track_id=tracks[0])), "Hide from charts")
    kinds = {one.kind for one in service.listed(context, ada)}
    assert kinds == {service.Kind.ALBUM, service.Kind.TRACK}
    assert labels(play(lambda: hiding.button(ada, artist="X"))) == ["Hide from charts"]


def test_a_stretch_is_whole_days_of_ones_own_zone() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    from_at, until_at = hiding.span((date(2024, 3, 30), date(2024, 3, 31)), berlin)
    # The clocks went forward in the second night.
    assert from_at == datetime(2024, 3, 29, 23, tzinfo=UTC)
    assert until_at == datetime(2024, 3, 31, 22, tzinfo=UTC)


@pytest.mark.parametrize("days", [(), (date(2024, 3, 30),)])
def test_a_stretch_needs_both_its_ends(days: tuple[date, ...]) -> None:
    with pytest.raises(InvalidInput):
        hiding.span(days, None)


def test_tracks_are_joined_and_parted(context: Context, ada: Person, tracks: list[int]) -> None:
    one, other = tracks[0], tracks[1]
    app = unfold(play(lambda: joining.offer(ada, one, {}, {other: "Song b"})), f"join-{one}")
    app.multiselect[0].set_value([other])
    click(app, "Count as one")
    assert decided(context, ada.id) == {other: one}
    app = unfold(play(lambda: joining.offer(ada, one, {other: "Song b"}, {})), f"join-{one}")
    app.multiselect[0].set_value([other])
    click(app, "Count these apart")
    assert decided(context, ada.id) == {other: other}
