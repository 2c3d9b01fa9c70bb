"""Comparing with somebody on the page: invited, agreed, seen by both, ended by either."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from tests.services.conftest import add_person
from tests.services.plays.conftest import take
from tests.ui.conftest import (
    Open,
    Visitor,
    click,
    drafted,
    labels,
    open_up,
    signed_in,
    to_copy,
    words,
)
from ttt.models import Track
from ttt.plays import How, ToldPlay
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays.choices import hiding
from ttt.services.plays.sharing import agreeing


def told(context: Context, names: dict[str, int], since: int, how: int = 0) -> list[ToldPlay]:
    """So many plays of a song of each band, in the last months."""
    now = int(context.now().timestamp())
    return [
        ToldPlay(
            now - since * 86_400 + n * 5_000 + 300 * place,
            f"Song of {band}",
            (band,),
            ms=200_000,
            spotify_id=f"{sum(map(ord, band)):022}",
            how=how,
        )
        for place, (band, count) in enumerate(names.items())
        for n in range(count)
    ]


@pytest.fixture
def heard(context: Context, ada: Person, bob: Person) -> None:
    take(context, ada.id, told(context, {"Both": 30, "Adas": 10, "Hidden one": 12}, 60))
    take(context, bob.id, told(context, {"Both": 5, "Bobs": 15, "Hidden one": 9}, 50))
    take(context, ada.id, told(context, {"Secret": 9}, 40, How.PRIVATE))
    take(context, bob.id, told(context, {"Secret": 9}, 40))
    hiding.hide(context, bob, hiding.Kind.ARTIST, artist="Hidden one")


def code(context: Context, person: Person) -> str:
    url = agreeing.invite(context, person).url
    return parse_qs(urlsplit(url).query)["compare"][0]


def agreed(context: Context, one: Person, other: Person) -> int:
    return agreeing.agree(context, other, code(context, one))


def test_nobody_is_compared_with_at_first(open_page: Open, bob: Person, heard: None) -> None:
    app = open_page("together")
    assert not app.exception
    assert "You compare with nobody" in words(app)
    assert "Bob" not in words(app)
    assert "How alike you listen" not in words(app)


def test_an_invitation_is_shown_once_and_taken_back(
    context: Context, ada: Person, open_page: Open, heard: None
) -> None:
    app = click(open_page("together"), "Invite somebody")
    (link,) = to_copy(app)
    assert "/together?compare=" in link
    app = click(app, "I have copied it")
    assert not to_copy(app)
    app = click(app, "Take back")
    assert agreeing.listed(context, ada) == []


def test_open_invitations_are_told_apart_and_one_stays_while_another_is_taken_back(
    context: Context, ada: Person, open_page: Open, heard: None
) -> None:
    app = click(open_page("together"), "Invite somebody")
    (first,) = agreeing.listed(context, ada)
    app = click(app, "Invite somebody")
    (link,) = to_copy(app)
    names = [f"Invitation {side.id}" for side in agreeing.listed(context, ada)]
    assert len(set(names)) == 2
    assert all(f"{name}good once" in words(app) for name in names)
    app = app.button(key=f"take back {first.id}").click().run()
    assert to_copy(app) == [link]
    assert not to_copy(click(app, "Take back"))


def test_who_comes_by_an_invitation_reads_what_both_see_and_agrees(
    context: Context, ada: Person, bob: Person, open_page: Open, heard: None
) -> None:
    app = open_page("together", compare=code(context, bob))
    text = words(app)
    assert "Bob would like to compare" in text
    assert "Private sessions" in text
    assert "Song of Both" not in text
    app = click(app, "Agree")

    assert not app.exception
    assert "compare" not in app.query_params
    text = words(app)
    assert "alike with Bob: 1 artist in common, Both first" in text
    assert "Both alone" in text
    assert "0 is nothing in common, 100 everything" in text
    assert "A list for both" in text
    for never in ("Secret", "Hidden one"):
        assert never not in text


def test_with_somebody_who_played_nothing_nothing_is_compared(
    context: Context, ada: Person, bob: Person, open_page: Open
) -> None:
    take(context, ada.id, told(context, {"Adas": 10}, 60))
    agreed(context, ada, bob)
    app = open_page("together")
    assert "Bob has no plays yet" in words(app)
    assert "of 100" not in words(app)
    assert not [one for one in app.get("popover") if "Use th" in one.proto.popover.label]
    assert "As soon as both of you have plays" in words(app)


def test_who_looks_on_is_told_when_the_other_ends_it(
    context: Context, ada: Person, bob: Person, open_page: Open, heard: None
) -> None:
    eve = add_person(context, "eve")
    agreed(context, ada, eve)
    ended = agreed(context, ada, bob)
    app = open_page("together", **{"with": str(ended)})
    assert "alike with Bob" in words(app)
    agreeing.end(context, bob, ended)
    app.run()
    assert [toast.value for toast in app.toast] == ["That comparison has ended."]
    assert "with" not in app.query_params
    assert not app.run().toast


def test_ending_one_leaves_the_other_on_the_page(
    context: Context, ada: Person, bob: Person, open_page: Open, heard: None
) -> None:
    other = agreed(context, ada, add_person(context, "eve"))
    shown = agreed(context, ada, bob)
    app = open_page("together", **{"with": str(shown)})
    app = app.button(key=f"yes End {other}").click().run()
    assert [toast.value for toast in app.toast] == [r"The comparison has ended\."]
    assert app.query_params["with"] == str(shown)
    assert "alike with Bob" in words(app)


def test_an_invitation_that_was_taken_up_is_shown_no_more(
    context: Context, ada: Person, bob: Person, open_page: Open, heard: None
) -> None:
    app = click(open_page("together"), "Invite somebody")
    (link,) = to_copy(app)
    agreeing.agree(context, bob, parse_qs(urlsplit(link).query)["compare"][0])
    assert not to_copy(app.run())


def test_not_now_leaves_everything_as_it_is(
    context: Context, ada: Person, bob: Person, open_page: Open
) -> None:
    app = click(open_page("together", compare=code(context, bob)), "Not now")
    assert "would like to compare" not in words(app)
    assert agreeing.listed(context, ada) == []


@pytest.mark.parametrize("kind", ["own", "wrong"])
def test_a_link_that_is_no_good_says_so(
    context: Context, ada: Person, open_page: Open, kind: str
) -> None:
    app = open_page("together", compare=code(context, ada) if kind == "own" else "wrong")
    assert "This link does not work any more" in words(app)
    assert "This link" not in words(click(app, "Go on without it"))


def test_either_ends_it_and_an_open_page_shows_nothing_from_then_on(
    context: Context, ada: Person, bob: Person, open_page: Open, heard: None
) -> None:
    agreement = agreed(context, ada, bob)
    app = open_page("together")
    assert "alike with Bob" in words(app)
    agreeing.end(context, bob, agreement)
    app = app.run()
    assert not app.exception
    assert "Bob" not in words(app)


def test_it_is_ended_on_the_page(
    context: Context, ada: Person, bob: Person, open_page: Open, heard: None
) -> None:
    agreed(context, bob, ada)
    app = click(open_page("together"), "Yes, end it")
    assert "You compare with nobody" in words(app)
    assert agreeing.listed(context, bob) == []


def test_both_see_the_same_number(
    app: AppTest, visitor: Visitor, context: Context, ada: Person, bob: Person, heard: None
) -> None:
    agreed(context, ada, bob)
    numbers = []
    for person, other in ((ada, "Bob"), (bob, "Ada")):
        visitor.cookie = signed_in(context, person)
        text = words(app.run().switch_page("../../pages/together.py").run())
        numbers.append(re.findall(rf"(\d+) of 100 alike with {other}", text))
    # 30 of Ada's 52 plays and 5 of Bob's 29 are of the band that both hear.
    assert numbers == [["17"], ["17"]]


def test_one_of_several_is_chosen(
    context: Context, ada: Person, bob: Person, open_page: Open, heard: None
) -> None:

    eve = add_person(context, "eve")
    agreed(context, ada, bob)
    other = agreed(context, ada, eve)
    app = open_page("together")
    assert "alike with Bob" in words(app)
    (box,) = [each for each in app.selectbox if each.label == "With"]
    app = box.set_value(other).run()
    assert app.query_params["with"] == str(other)
    assert "Eve has no plays yet" in words(app)


def test_the_blend_becomes_a_draft(
    context: Context, ada: Person, bob: Person, open_page: Open, heard: None
) -> None:
    agreed(context, ada, bob)
    with context.session() as session:  # what Bob's history calls it is his alone
        bobs = f"{sum(map(ord, 'Bobs')):022}"
        track = session.exec(select(Track).where(Track.spotify_id == bobs)).one()
        track.title, track.described_by, track.described_at = "Bobs own", "spotify", context.now()
        session.commit()
    app = click(open_up(open_page("together"), "use-blend"), "Draft")
    assert not app.exception
    assert "Blend with Bob" in words(app)
    assert "Reroll all" in labels(app)
    titles = list(drafted(app)["Title"])
    assert titles[0] == "Song of Both"
    assert {"Song of Adas", "Bobs own"} <= set(titles)


def test_without_plays_it_still_can_be_ended(
    context: Context, ada: Person, bob: Person, open_page: Open
) -> None:
    agreed(context, ada, bob)
    app = open_page("together")
    assert not app.exception
    assert "Neither of you has plays" in words(app)
    assert "Yes, end it" in labels(app)


def test_only_time_narrows_what_is_compared(
    context: Context, ada: Person, bob: Person, open_page: Open, heard: None
) -> None:
    """Nobody can try out artist by artist what the other hears."""
    agreed(context, ada, bob)
    whole = words(open_page("together", range="all"))
    assert "Both" in whole
    for narrowed in ({"artist": "Bobs"}, {"genre": "rock"}, {"source": "1"}, {"private": "yes"}):
        assert words(open_page("together", range="all", **narrowed)) == whole
    app = open_page("together", range="2020")
    assert "Neither of you has plays in this time" in words(app)
