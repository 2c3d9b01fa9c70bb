"""No page and no route shows anything of anybody's to who is not signed in, or not any more."""

import ast
import re

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from tests.security.calls import Belongings
from tests.security.conftest import SECRETS
from tests.ui.conftest import PAGES, Visitor, signed_in, words
from tests.web.conftest import browser
from ttt.services.accounts import accounts
from ttt.services.context import Context
from ttt.services.doors import sign_in
from ttt.services.person import Person
from ttt.settings import PROJECT
from ttt.ui.frame import navigation
from ttt.web import app as web
from ttt.web.shell import drawing

COOKIES = ("none", "nonsense", "signed out", "disabled", "another role")


@pytest.fixture(params=COOKIES)
def cookie(request: pytest.FixtureRequest, context: Context, ada: Person) -> str | None:
    """A cookie that is no good, or no longer."""
    if request.param == "none":
        return None
    if request.param == "nonsense":
        return "x" * 43
    token = signed_in(context, ada)
    operator = accounts.operator(context)
    if request.param == "signed out":
        sign_in.sign_out(context, token)
    elif request.param == "disabled":
        accounts.set_disabled(context, operator, "ada", True)
    else:
        accounts.set_role(context, operator, "ada", ada.role)
    return token


def everything(app: AppTest) -> str:
    """All that reached the browser, shown or not."""
    tables, typed = [d.value for d in app.dataframe], [e.value for e in app.text_input]
    return f"{words(app)}\n{app.main!r}\n{app.sidebar!r}\n{tables}\n{typed}"


def told(text: str) -> list[str]:
    return [secret for secret in (*SECRETS, "Ada") if secret in text]


def test_all_pages_are_walked() -> None:
    files = {path.stem for path in (PROJECT / "pages").glob("*.py")}
    assert files == set(PAGES)
    assert len(navigation.sign_in_pages(lambda: None)) == len(PAGES)


def test_without_a_session_every_page_is_the_sign_in_form(
    app: AppTest, visitor: Visitor, its: Belongings, cookie: str | None
) -> None:
    visitor.cookie = cookie
    # Streamlit has run pages without the main script before.
    alone = {p: AppTest.from_file(PROJECT / "pages" / f"{p}.py", default_timeout=60) for p in PAGES}
    for page, opened in ({"main": app} | alone).items():
        opened.run()
        assert [entry.label for entry in opened.text_input] == ["Username", "Password"], page
        assert told(everything(opened)) == [], page


def test_whoever_is_signed_in_sees_what_is_theirs(
    app: AppTest, visitor: Visitor, context: Context, ada: Person, its: Belongings
) -> None:
    visitor.cookie = signed_in(context, ada)
    app.run()
    shown = [everything(app.switch_page(f"../../pages/{page}.py").run()) for page in PAGES]
    assert {"Ada's diary", "Ada's mix", "ada@example.org"} <= set(told("\n".join(shown)))


def test_nobody_else_sees_it_on_any_page(
    app: AppTest, visitor: Visitor, context: Context, boss: Person, bob: Person, its: Belongings
) -> None:
    for person, pages in ((bob, [*PAGES]), (boss, [page for page in PAGES if page != "admin"])):
        visitor.cookie = signed_in(context, person)
        app.run()
        for page in pages:
            app.switch_page(f"../../pages/{page}.py").run()
            found = [secret for secret in SECRETS if secret in everything(app)]
            assert found == [], (person.username, page)


def test_the_admin_page_shows_a_member_nothing_but_an_error(
    app: AppTest, visitor: Visitor, context: Context, bob: Person, boss: Person, its: Belongings
) -> None:
    visitor.cookie = signed_in(context, bob)
    app.run().switch_page("../../pages/admin.py").run()
    assert len(app.exception) == 1
    assert not {"ada", "boss", "root"} & set(re.findall(r"\w+", everything(app)))


def test_a_page_that_is_open_when_the_account_is_disabled_shows_the_form_from_then_on(
    app: AppTest, visitor: Visitor, context: Context, ada: Person, its: Belongings
) -> None:
    visitor.cookie = signed_in(context, ada)
    app.run().switch_page("../../pages/trending.py").run()
    assert "Ada's diary" in told(everything(app))
    accounts.set_disabled(context, accounts.operator(context), "ada", True)
    assert told(everything(app.run())) == []


def test_what_reruns_without_its_page_looks_whether_somebody_is_signed_in() -> None:
    fragments = {
        f"{path.stem}.{part.name}": {
            ast.unparse(called) for called in ast.walk(part) if isinstance(called, ast.Call)
        }
        for path in (PROJECT / "ttt" / "ui").rglob("*.py")
        for part in ast.walk(ast.parse(path.read_text()))
        if isinstance(part, ast.FunctionDef)
        and any("st.fragment" in ast.unparse(decorator) for decorator in part.decorator_list)
    }
    unchecked = {
        name
        for name, calls in fragments.items()
        if not calls & {"session.recheck()", "session.person()"}
    }
    # It shows nothing, and only has the whole page made again, which looks for itself.
    assert {call.partition("(")[0] for call in fragments["failing._come_back"]} == {
        *("st.fragment", "time.monotonic", "st.rerun"),
    }
    assert unchecked == {"failing._come_back"}


def test_every_route_tells_nothing_of_anybody(
    context: Context, its: Belongings, cookie: str | None
) -> None:
    client: TestClient = browser(context)
    if cookie is not None:
        client.cookies.set(context.settings.cookie_name, cookie)
    for route in web.routes(context):
        assert isinstance(route, Route)
        if route.path.startswith(drawing.FOLDER):
            continue  # files of a library, in which any letters stand
        path = re.sub(r"{[^}]*}", "1", route.path)
        for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
            answer = client.request(method, path)
            assert answer.status_code < 500, (method, path)
            assert told(f"{answer.text}\n{answer.headers}") == [], (method, path)
            given = answer.cookies.get(context.settings.cookie_name)
            assert sign_in.current_person(context, given) is None, (method, path)
