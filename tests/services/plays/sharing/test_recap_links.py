"""A link shows one recap as it was, to whoever has it, until it is ended."""

from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlmodel import select

from tests.services.conftest import add_person
from tests.services.plays.histories import made_up
from ttt.chartdata import Recap
from ttt.charts.cards import cards
from ttt.charts.theme import theme
from ttt.errors import InvalidInput, LinkUsedUp, NotFound, TooManyTries
from ttt.models import FailedTry, RecapLink
from ttt.services.accounts import accounts, removing
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays.frame.span import of_year
from ttt.services.plays.measures.recap import recap as measured
from ttt.services.plays.sharing import recap_links

TODAY = date(2018, 11, 28)


@pytest.fixture(scope="module")
def recap() -> Recap:
    return measured(made_up(3).frame, of_year(2018, TODAY))


def token_of(made: recap_links.MadeLink) -> str:
    return parse_qs(urlsplit(made.url).query)["link"][0]


def test_it_shows_the_same_cards_until_it_is_ended(anywhere: Context, recap: Recap) -> None:
    ada, bob = add_person(anywhere, "ada"), add_person(anywhere, "bob")
    made = recap_links.make(anywhere, ada, recap)
    token = token_of(made)
    shown = recap_links.opened(anywhere, token, "192.0.2.1")
    for name in ("dark", "light"):
        assert cards(shown, theme(name)) == cards(recap, theme(name))  # type: ignore[arg-type]
    (link,) = recap_links.listed(anywhere, ada)
    assert (link.name, link.opened, link.opened_at) == (recap.name, 1, anywhere.now())
    assert recap_links.listed(anywhere, bob) == []

    with pytest.raises(NotFound):
        recap_links.end(anywhere, bob, link.id)
    recap_links.end(anywhere, ada, link.id)
    with pytest.raises(LinkUsedUp):
        recap_links.opened(anywhere, token, None)
    with pytest.raises(NotFound):
        recap_links.end(anywhere, ada, link.id)


def test_what_no_card_shows_is_not_kept(context: Context, ada: Person, recap: Recap) -> None:
    row = replace(recap.tracks[0], key=7, uri="spotify:track:secret", cover_url="https://i.scdn.co")
    assert recap.sitting is not None
    sitting = replace(recap.sitting, key=8, artists="Somebody", cover_url="https://i.scdn.co")
    recap_links.make(context, ada, replace(recap, tracks=(row,), sitting=sitting))
    with context.session() as session:
        (link,) = session.exec(select(RecapLink))
    for word in (b"spotify:", b"scdn", b"Ada", b'"key":7', b'"key":8', b"Somebody"):
        assert word not in link.data


def test_the_token_is_kept_as_a_hash_only(context: Context, ada: Person, recap: Recap) -> None:
    made = recap_links.make(context, ada, recap)
    token = token_of(made)
    assert len(token) >= 43
    assert token not in repr(made)
    with context.session() as session:
        (link,) = session.exec(select(RecapLink))
    assert link.token_hash != token
    with pytest.raises(LinkUsedUp):
        recap_links.opened(context, link.token_hash, None)


def test_every_value_comes_back(recap: Recap) -> None:
    back = recap_links.thawed(recap_links.frozen(recap))
    once = recap_links.thawed(recap_links.frozen(back))
    assert once == back
    for field in fields(recap):
        assert _kinds(getattr(back, field.name)) == _kinds(getattr(recap, field.name)), field.name


def _kinds(value: Any) -> Any:
    """What a value is made of, without what is left out on purpose."""
    if is_dataclass(value):
        left_out = {"key", "uri", "cover_url", "artists"} - (
            {"artists"} if isinstance(value, Recap) else set()
        )
        return {f.name: _kinds(getattr(value, f.name)) for f in fields(value)} | dict.fromkeys(
            left_out
        )
    if isinstance(value, tuple):
        return tuple(map(_kinds, value))
    return value


def test_a_recap_of_another_version_opens_nothing() -> None:
    with pytest.raises(LinkUsedUp):
        recap_links.thawed(b'{"name": "2018"}')


def test_wrong_tokens_make_one_wait(context: Context, ada: Person, recap: Recap) -> None:
    token = token_of(recap_links.make(context, ada, recap))
    for n in range(20 + 1):
        with pytest.raises(LinkUsedUp):
            recap_links.opened(context, f"wrong {n}", "192.0.2.1")
    with pytest.raises(TooManyTries):
        recap_links.opened(context, "wrong again", "192.0.2.1")
    assert recap_links.opened(context, token, "192.0.2.2").name == recap.name
    with context.session() as session:
        assert {row.door for row in session.exec(select(FailedTry))} == {"recap link"}


def test_an_empty_recap_and_too_many_links_are_refused(
    context: Context, ada: Person, recap: Recap
) -> None:
    with pytest.raises(InvalidInput):
        recap_links.make(context, ada, replace(recap, plays=0))
    for _ in range(20):
        recap_links.make(context, ada, recap)
    with pytest.raises(InvalidInput):
        recap_links.make(context, ada, recap)


def test_it_goes_with_the_account(anywhere: Context, recap: Recap) -> None:
    ada, bob = add_person(anywhere, "ada"), add_person(anywhere, "bob")
    tokens = [token_of(recap_links.make(anywhere, person, recap)) for person in (ada, bob)]
    operator = accounts.operator(anywhere)
    accounts.set_disabled(anywhere, operator, "ada", True)
    removing.delete(anywhere, operator, "bob")
    for token in tokens:
        with pytest.raises(LinkUsedUp):
            recap_links.opened(anywhere, token, None)
    with anywhere.session() as session:
        assert [link.user_id for link in session.exec(select(RecapLink))] == [ada.id]
