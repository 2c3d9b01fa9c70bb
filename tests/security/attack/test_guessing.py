from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import count

from sqlmodel import select

from tests.browser.people import PASSWORD, People
from tests.browser.server import Server
from tests.security.attack.tab import Tab
from ttt.models import FailedTry, UserSession
from ttt.services.person import Person
from ttt.store.doors.tries import hash_of

TRIES, NAMES, ATTACKERS = 2000, 20, 10
REFUSED = "Wrong username or password."
WAIT = "Too many failed tries."
TRIES_OF_THE_LONGEST_WAIT = 11  # a quarter of an hour


def guess(
    server: Server, attacker: int, names: Iterable[str], passwords: Iterable[str]
) -> set[str]:
    """Try from one address; return what was answered, without the form's own words."""
    headers = {"X-Forwarded-For": f"198.51.100.{attacker}"}
    answers = set()
    with Tab(server.url, "/account", headers=headers) as tab:
        form = set(tab.texts)
        for name, password in zip(names, passwords, strict=False):
            tab.run({"Username": name, "Password": password}, "Sign in")
            answers |= set(tab.texts) - form
            assert not any("/auth/" in html for html in tab.html)
    return answers


def fail(people: People, name: str) -> None:
    """Count a failed try for a name, of nobody's address."""
    try_ = FailedTry(door="password", name_hash=hash_of(name), at=people.context.now())
    with people.context.session() as session:
        session.add(try_)
        session.commit()


def test_two_thousand_tries_over_twenty_names_let_nobody_in(server: Server, people: People) -> None:
    known = [people.add(f"known{number}").username for number in range(NAMES // 2)]
    names = [*known, *(f"unknown{number}" for number in range(NAMES // 2))]
    each = TRIES // ATTACKERS
    with ThreadPoolExecutor(4) as pool:
        answers = pool.map(
            lambda attacker: guess(
                server, attacker, names * (each // NAMES), (f"guess {n}" for n in count())
            ),
            range(ATTACKERS),
        )
        said = set().union(*answers)
    waits = {answer for answer in said if answer != REFUSED}
    assert REFUSED in said
    assert waits
    assert all(answer.startswith(WAIT) for answer in waits)
    with people.context.session() as session:
        assert session.exec(select(UserSession)).all() == []


def test_a_name_that_was_tried_often_has_to_wait_even_with_the_right_password(
    server: Server, people: People
) -> None:
    name = people.add("wanted").username
    # So many tries make the longest wait, or a slow machine might have waited it out by now.
    for _ in range(TRIES_OF_THE_LONGEST_WAIT):
        fail(people, name)
    answers = guess(server, 99, [name], [PASSWORD])
    assert answers
    assert all(answer.startswith(WAIT) for answer in answers)


def test_an_address_that_tries_many_names_has_to_wait(server: Server) -> None:
    names = [f"nobody{number}" for number in range(60)]
    answers = guess(server, 77, names, ["the same for all"] * len(names))
    assert any(answer.startswith(WAIT) for answer in answers)


def test_an_invented_address_does_not_help(server: Server) -> None:
    names = [f"noone{number}" for number in range(60)]
    said = set()
    for number, name in enumerate(names):
        # What a visitor sends stands to the left of what the proxy adds.
        headers = {"X-Forwarded-For": f"203.0.113.{number}, 198.51.100.200"}
        with Tab(server.url, headers=headers) as tab:
            tab.run({"Username": name, "Password": "x"}, "Sign in")
            said |= set(tab.texts)
    assert any(answer.startswith(WAIT) for answer in said)


def test_known_and_unknown_names_are_answered_alike(server: Server, people: People) -> None:
    person: Person = people.add("somebody")
    known = guess(server, 88, [person.username], ["wrong"])
    unknown = guess(server, 89, ["nobody-at-all"], ["wrong"])
    assert known == unknown == {REFUSED}
