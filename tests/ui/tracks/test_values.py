import re

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import Visitor, click, labels, signed_in, words
from ttt.found import FoundArtist, FoundTrack, Source
from ttt.services.context import Context
from ttt.services.lists import entries
from ttt.services.person import Person
from ttt.store.tracks import tracks

WORRIED, FERRARI = "4h9wh7iOZ0GGn8QVp4RAOB", "4zN21mbAuaD0WqtmaTZZeP"


def script() -> None:
    import streamlit as st

    from ttt.services.lists import entries
    from ttt.ui.accounts import session
    from ttt.ui.frame import process
    from ttt.ui.tracks import values

    person = session.require_user()
    rows = entries.listed(process.context(), person)
    selected = [row.uri for row in rows][: st.session_state["selected"]]
    values.panel(person, rows, selected, own=st.session_state["own"])


@pytest.fixture
def app(context: Context, ada: Person, visitor: Visitor) -> AppTest:
    """The panel over Ada's list, of which the first track is selected."""
    entries.add(context, ada, [WORRIED, FERRARI])
    visitor.cookie = signed_in(context, ada)
    app = AppTest.from_function(script, default_timeout=60)
    app.session_state["selected"], app.session_state["own"] = 1, True
    return app


def shown(app: AppTest) -> str:
    """The values as HTML."""
    (element,) = app.get("html")
    return str(element.proto.body)


def item(app: AppTest, name: str) -> str:
    """What is shown of one value."""
    (found,) = re.findall(rf"<div[^>]*><dt>{name}</dt>.*?</div>", shown(app))
    return str(found)


def set_number(app: AppTest, label: str, value: float | None) -> None:
    (entry,) = [entry for entry in app.number_input if entry.label == label]
    entry.set_value(value)


def value_of(context: Context, person: Person, name: str) -> tuple[float, Source]:
    row = entries.listed(context, person)[0]
    return row.values[name].number, row.values[name].source


def test_a_value_says_where_it_came_from_in_view_and_on_hover(app: AppTest) -> None:
    app.run()
    assert not app.exception
    energy = item(app, "Energy")
    assert 'title="catalogue, 2022"' in energy
    assert "<b>C</b> catalogue, 2022" in energy
    assert "I Ain't Worried · OneRepublic" in words(app)


def test_what_is_not_known_is_unknown(app: AppTest, context: Context, ada: Person) -> None:
    entries.add(context, ada, ["0" * 22])
    app.run()
    assert shown(app).count("unknown</dd>") == 12
    assert "title=" not in shown(app)


def test_what_sources_write_is_shown_as_it_is_written(
    app: AppTest, context: Context, ada: Person
) -> None:
    found = FoundTrack("0" * 22, "Dust", (FoundArtist("Ada"),), genres=("<b>r&b</b>",))
    with context.session() as session:
        tracks.save(session, [found], Source.CATALOGUE, context.now())
        session.commit()
    entries.add(context, ada, [found.uri])
    app.run()
    assert "&lt;b&gt;r&amp;b&lt;/b&gt;" in item(app, "Genres")


def test_nothing_selected_shows_nothing(app: AppTest) -> None:
    app.session_state["selected"] = 0
    app.run()
    assert words(app) == ""
    assert len(app.get("html")) == 0


def test_of_several_selected_tracks_one_is_chosen(app: AppTest) -> None:
    app.session_state["selected"] = 2
    app.run()
    first = shown(app)
    (choice,) = [box for box in app.selectbox if box.label == "Track"]
    assert choice.options == [
        "1. I Ain't Worried · OneRepublic",
        "2. Ferrari · James Hype, Miggy Dela Rosa",
    ]
    choice.select_index(1).run()
    assert shown(app) != first


def test_values_are_set_by_hand_and_taken_back(app: AppTest, context: Context, ada: Person) -> None:
    app.run()
    before = value_of(context, ada, "energy")
    set_number(app, "Energy", 0.25)
    click(app, "Save values")
    assert "Saved. These values are yours alone." in words(app)
    assert value_of(context, ada, "energy") == (0.25, Source.HAND)
    assert "set by hand, 22 Nov 2026" in item(app, "Energy")
    click(app, "Take back")
    assert "Taken back." in words(app)
    assert value_of(context, ada, "energy") == before


def test_key_and_mode_are_chosen_by_name(app: AppTest, context: Context, ada: Person) -> None:
    app.run()
    boxes = {box.label: box for box in app.selectbox}
    boxes["Key"].select("F♯")
    boxes["Mode"].select("minor")
    click(app, "Save values")
    assert entries.listed(context, ada)[0].key_name == "F♯ minor"
    assert "F♯ minor (11A)" in item(app, "Key")


def test_an_empty_field_sets_nothing_and_a_cleared_one_is_taken_back(
    app: AppTest, context: Context, ada: Person
) -> None:
    app.run()
    set_number(app, "Energy", 0.25)
    set_number(app, "Tempo", 90.0)
    click(app, "Save values")
    set_number(app, "Energy", None)
    click(app, "Save values")
    assert value_of(context, ada, "energy")[1] is Source.CATALOGUE
    assert value_of(context, ada, "tempo") == (90, Source.HAND)


def test_nothing_filled_in_is_refused_in_words(app: AppTest) -> None:
    app.run()
    assert "Fill in at least one value." in words(click(app, "Save values"))


def test_what_nobody_set_cannot_be_taken_back(app: AppTest) -> None:
    app.run()
    (back,) = [button for button in app.button if button.label == "Take back"]
    assert back.disabled


def test_on_everyones_list_values_are_shown_and_not_set(app: AppTest) -> None:
    app.session_state["own"] = False
    app.run()
    assert "catalogue, 2022" in shown(app)
    assert labels(app) == []
