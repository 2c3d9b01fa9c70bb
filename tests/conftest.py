"""What holds for every test: no setting of the developer's, no luck and no clock."""

import gc
import json
import logging
import os
import sys
from collections.abc import Generator
from pathlib import Path

import hypothesis
import pytest
from hypothesis.internal.conjecture import providers

from tests import picking
from ttt.settings import Settings


def pytest_addoption(parser: pytest.Parser) -> None:
    picking.add_options(parser)


def pytest_configure(config: pytest.Config) -> None:
    # What is compiled is kept, whatever the shell says: else each of the many servers that tests
    # start would spend seconds on it, and each run of the tests as well.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    for name in list(os.environ):
        if name.startswith(("TTT_", "SPOTIFY_")):
            del os.environ[name]
    Settings.model_config["env_file"] = None
    Settings.model_config["toml_file"] = None
    # Or what is tried would depend on the modules that happen to be imported by then.
    providers.is_local_module_file = lambda _: False
    hypothesis.settings.register_profile("steady", derandomize=True, deadline=None)
    # The whole tries as many as Hypothesis does by itself.
    hypothesis.settings.register_profile(
        "quick", hypothesis.settings.get_profile("steady"), max_examples=picking.FEW
    )
    hypothesis.settings.load_profile("quick" if config.getoption("quick") else "steady")
    if config.getoption("write_costs") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(picking.Costs())


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    gc.disable()  # what is collected stays, and was looked through again and again meanwhile
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    # Not even imported, which takes seconds.
    return True if config.getoption("quick") and collection_path in picking.FOLDERS else None


def pytest_collection_finish() -> None:
    # All modules stay to the end: looking through them for garbage took a fifth of the time.
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    # Of Streamlit's modules each has a logger of its own, to which pytest would add what it hears
    # with, and take it away, six times a test.
    for logger in logging.Logger.manager.loggerDict.values():
        if isinstance(logger, logging.Logger) and logger.name.startswith("streamlit"):
            logger.propagate = True


# First, so that `-m slow` finds the marks.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        picking.mark_slow(item)
    if config.getoption("quick"):
        for item in items:
            picking.try_few(item)
        config.hook.pytest_deselected(items=list(filter(picking.is_slow, items)))
        items[:] = [item for item in items if not picking.is_slow(item)]
    costs = json.loads(picking.COSTS.read_text()) if picking.COSTS.exists() else {}
    items[:] = picking.by_cost(items, costs)
