"""The app works in its own process."""

import re
from pathlib import Path

from tests.browser.server import Server
from tests.jobs.conftest import saved
from tests.jobs.workers import eventually
from tests.surroundings.answering import Services
from ttt.jobs import queue
from ttt.services.context import prepare


def test_the_app_works_and_can_be_ended_in_the_middle_of_it(
    tmp_path: Path, services: Services
) -> None:
    asked = {"TTT_FEATURE_PROVIDERS": "deezer", "TTT_DEEZER_URL": services.url}
    # Four a second leave a quarter of a minute to end it in.
    server = Server(tmp_path, alone=True, TTT_RATES="deezer=4", **asked)
    again = Server(tmp_path, alone=True, TTT_RATES="deezer=100", **asked)
    context = server.services()
    prepare(context)
    queue.start(context, None, saved(context, 60), "job")
    with server:
        eventually(lambda: services.requests)
    assert server.ended_by_itself
    assert not {"Traceback", "Aborted"} & set(re.findall(r"\w+", server.console))
    assert not queue.find(context, "job").ended
    with again:
        eventually(lambda: queue.find(context, "job").ended)
    assert services.asked == {("deezer", number): 1 for number in range(60)}
