"""What holds for every test: no setting of the developer's, no luck and no clock."""

import os

import hypothesis
import pytest

from ttt.settings import Settings


def pytest_configure(config: pytest.Config) -> None:
    for name in list(os.environ):
        if name.startswith(("TTT_", "SPOTIFY_")):
            del os.environ[name]
    Settings.model_config["env_file"] = None
    Settings.model_config["toml_file"] = None
    hypothesis.settings.register_profile("steady", derandomize=True, deadline=None)
    hypothesis.settings.load_profile("steady")
