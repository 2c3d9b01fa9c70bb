import pytest

from tests.services.demo_spotify import DemoSpotify, connect_demo
from tests.ui.conftest import Visitor, signed_in
from ttt.services.context import Context
from ttt.services.person import Person


@pytest.fixture
def listener(context: Context, ada: Person, demo: DemoSpotify, visitor: Visitor) -> DemoSpotify:
    """Ada's Spotify, which is the demo."""
    connect_demo(context, ada)
    visitor.cookie = signed_in(context, ada)
    demo.asked.clear()
    return demo
