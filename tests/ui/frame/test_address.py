import streamlit as st

from tests.ui.conftest import play
from ttt.ui.frame import address

TOLD: list[dict[str, str]] = []


def page(name: str) -> None:
    """A run of a page that has one choice in its address."""
    address.arrived(name)
    TOLD.append(address.of_page(["period"]))
    st.caption("done")


def test_a_choice_survives_leaving_the_page() -> None:
    def script() -> None:
        page(st.session_state.get("open", "top"))
        if (wanted := st.session_state.pop("wanted", None)) is not None:
            address.keep({"period": wanted})

    TOLD.clear()
    app = play(script)
    app.session_state["wanted"] = "Last year"
    app.run().run()
    assert TOLD[-1] == {"period": "Last year"}
    app.session_state["open"] = "trending"
    del app.query_params["period"]  # as Streamlit does where another page is opened
    app.run()
    assert TOLD[-1] == {}
    app.session_state["open"] = "top"
    app.run()
    assert TOLD[-1] == {"period": "Last year"}
    assert app.query_params["period"] == "Last year"


def test_the_address_wins_where_it_says_something_else() -> None:
    def script() -> None:
        page("top")

    TOLD.clear()
    app = play(script)
    app.query_params["period"] = "Last year"
    app.run()
    app.query_params["period"] = "Last 6 months"
    app.run()
    assert TOLD[-1] == {"period": "Last 6 months"}
    del app.query_params["period"]  # gone back to how the page was at first
    app.run()
    assert TOLD[-1] == {}


def test_a_choice_that_is_taken_back_leaves_the_address() -> None:
    def script() -> None:
        address.arrived("top")
        TOLD.append(address.of_page(["genre", "map"]))
        address.keep({"genre": "rock"}, ["genre", "map"])

    TOLD.clear()
    app = play(script)
    app.query_params["map"] = "0..1,0..1"
    app.run().run()
    assert TOLD[-1] == {"genre": "rock"}
    assert "map" not in app.query_params
