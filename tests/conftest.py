"""What holds for every test: the developer's own settings reach none."""

import os

import pytest

from ttt.settings import Settings


def pytest_configure(config: pytest.Config) -> None:
    for name in list(os.environ):
        if name.startswith(("TTT_", "SPOTIFY_")):
            del os.environ[name]
    Settings.model_config["env_file"] = None
    Settings.model_config["toml_file"] = None
