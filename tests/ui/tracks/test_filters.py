import pytest

from tests.ui.conftest import Open, click, fill, words
from ttt.services.context import Context
from ttt.services.lists import entries
from ttt.services.person import Person

SAVED = ["4h9wh7iOZ0GGn8QVp4RAOB", "4zN21mbAuaD0WqtmaTZZeP", "0HqZX76SFLDz2aW8aiqi7G"]
TITLES = ["I Ain't Worried", "Ferrari", "Bones"]


@pytest.fixture
def saved(context: Context, ada: Person) -> None:
    entries.add(context, ada, SAVED)


def test_a_list_is_filtered_by_a_text(open_page: Open, saved: None) -> None:
    app = open_page("trending")
    (columns,) = [box for box in app.multiselect if box.label == "Filter by"]
    columns.select("Title").run()
    fill(app, {"Title has": "ferr"})
    app.run()
    assert list(app.dataframe[0].value["Title"]) == ["Ferrari"]
    fill(app, {"Title has": "nothing like it"})
    assert "No track of this list fits." in words(app.run())


def test_a_list_is_filtered_by_a_span(open_page: Open, saved: None) -> None:
    app = open_page("trending")
    tempo = dict(zip(TITLES, app.dataframe[0].value["Tempo"], strict=True))
    fastest = max(tempo, key=tempo.__getitem__)
    (columns,) = [box for box in app.multiselect if box.label == "Filter by"]
    columns.select("Tempo").run()
    (slider,) = app.slider
    assert slider.min <= min(tempo.values())
    assert slider.max >= tempo[fastest]
    slider.set_range(slider.max - 2, slider.max).run()
    assert list(app.dataframe[0].value["Title"]) == [fastest]


def test_a_list_keeps_the_order_of_a_column(
    open_page: Open, context: Context, ada: Person, saved: None
) -> None:
    app = open_page("trending")
    (column,) = [box for box in app.selectbox if box.label == "Sort by"]
    column.select("Title").run()
    click(app, "Sort list")
    assert [row.title for row in entries.listed(context, ada)] == sorted(TITLES)
    assert list(app.dataframe[0].value["Title"]) == sorted(TITLES)
