from streamlit.testing.v1 import AppTest

from tests.services.my_data.conftest import TRACKS, packed
from tests.services.my_data.test_reading import ENTRY, LIST, MANIFEST
from tests.ui.conftest import Open, click, labels, words
from ttt.services.context import Context
from ttt.services.lists import lists
from ttt.services.person import Person


def put(app: AppTest, content: bytes) -> str:
    """Upload a file."""
    (uploader,) = [u for u in app.file_uploader if "Download my data" in u.label]
    uploader.set_value(("data.zip", content, "application/zip"))
    return words(click(app, "Upload my data"))


def test_the_data_can_be_downloaded(open_page: Open) -> None:
    app = open_page("account", section="Data")
    assert "Download my data" in [b.label for b in app.get("download_button")]
    assert "Upload my data" in labels(app)


def test_a_file_is_taken_and_what_became_of_it_said(
    open_page: Open, context: Context, ada: Person
) -> None:
    unknown = LIST | {"entries": [ENTRY | {"track": TRACKS[1]}]}
    said = put(
        open_page("account", section="Data"), packed({"manifest": MANIFEST, "lists": [unknown]})
    )
    assert "Lists: 1 added, 0 already there" in said
    assert "Tracks on lists: 0 added, 0 already there, 1 refused" in said
    assert "Row 1: It names a track that tracks.json does not hold." in said
    assert "L" in {info.name for info in lists.seen_by(context, ada)}


def test_a_file_that_is_refused_is_refused_in_words(open_page: Open) -> None:
    assert "This is no zip file, or it is damaged." in put(
        open_page("account", section="Data"), b"nonsense"
    )
