from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from urllib.parse import parse_qsl, urlsplit

import pyotp

from tests.browser.people import PASSWORD, People
from tests.browser.server import Server
from tests.security.attack.tab import Tab
from tests.security.attack.test_sessions import HERE, ticket_in, visitor
from tests.surroundings.loopback import ask
from ttt.errors import CallbackRejected, InvalidInput, TooManyTries
from ttt.services.doors import second_factor, sign_in
from ttt.services.spotify import connecting, spotify

TABS = 4
STEP = timedelta(seconds=30)


def race(act: Callable[[], bool]) -> int:
    """How many of several tabs succeed that act at the same moment."""
    start = Barrier(TABS)

    def one(_: int) -> bool:
        start.wait()
        return act()

    with ThreadPoolExecutor(TABS) as pool:
        return sum(pool.map(one, range(TABS)))


def test_of_tabs_with_one_ticket_one_gets_a_session(server: Server, people: People) -> None:
    ticket = sign_in.issue_ticket(people.context, people.add(), "/")

    def finish() -> bool:
        with visitor(server) as client:
            answer = client.post("/auth/finish", data={"ticket": ticket}, headers=HERE)
        return server.settings.cookie_name in answer.cookies

    assert race(finish) == 1


def test_of_tabs_with_one_answer_of_spotifys_one_connects(server: Server, people: People) -> None:
    person = people.add()
    answer = dict(parse_qsl(urlsplit(people.agree(person)).query))

    def finish() -> bool:
        try:
            connecting.finish(people.context, person, answer)
        except (CallbackRejected, TooManyTries):
            return False
        return True

    assert race(finish) == 1
    assert not finish()


def test_of_tabs_with_one_code_one_gets_in(server: Server, people: People) -> None:
    person = people.add()
    setup = second_factor.begin(people.context, person, PASSWORD)
    secret = setup.secret
    now = people.context.now()
    second_factor.confirm(people.context, person, secret, pyotp.TOTP(secret).at(now), "")
    code = pyotp.TOTP(secret).at(now + STEP)

    def prove() -> bool:
        try:
            second_factor.check(people.context, person, code, None)
        except (InvalidInput, TooManyTries):
            return False
        return True

    assert race(prove) == 1


def test_the_password_alone_gives_no_ticket_where_a_code_is_due(
    server: Server, people: People
) -> None:
    person = people.add()
    setup = second_factor.begin(people.context, person, PASSWORD)
    code = pyotp.TOTP(setup.secret).at(people.context.now())
    second_factor.confirm(people.context, person, setup.secret, code, "")
    with Tab(server.url, "/") as tab:
        tab.run({"Username": person.username, "Password": PASSWORD}, "Sign in")
        assert not any("/auth/finish" in html for html in tab.html)
        for guess in ("000000", "123456", "", "a" * 10_000):
            tab.run({"Code": guess}, "Sign in")
            assert not any("/auth/finish" in html for html in tab.html)


def test_a_state_is_good_for_whom_it_was_made_and_once(server: Server, people: People) -> None:
    ada, bob = people.add(), people.add()
    answer = dict(parse_qsl(urlsplit(people.agree(ada)).query))
    name = server.settings.cookie_name
    path = f"/spotify?code={answer['code']}&state={answer['state']}"
    with Tab(server.url, path, cookie=f"{name}={people.session(bob)}") as tab:
        assert any("started by somebody else" in text for text in tab.texts)
    assert spotify.connection(people.context, bob) is None
    with Tab(server.url, path, cookie=f"{name}={people.session(ada)}"):
        pass
    assert spotify.connection(people.context, bob) is None
    with Tab(server.url, path, cookie=f"{name}={people.session(ada)}") as tab:
        assert any("used already" in t or "does not belong" in t for t in tab.texts)


def test_a_ticket_from_the_page_is_good_in_no_other_way(server: Server, people: People) -> None:
    person = people.add()
    with Tab(server.url, "/") as tab:
        tab.run({"Username": person.username, "Password": PASSWORD}, "Sign in")
        ticket = ticket_in(tab)
    linked = ask("GET", f"{server.url}/auth/finish?ticket={ticket}")
    assert server.settings.cookie_name not in linked.cookies
