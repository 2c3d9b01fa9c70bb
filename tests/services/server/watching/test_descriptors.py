import resource
from collections.abc import Iterator

import pytest

from ttt.services.server.watching import descriptors
from ttt.settings import Settings


@pytest.fixture(autouse=True)
def own_limit() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def soft(limit: int) -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, resource.getrlimit(7)[1]))


def test_the_soft_limit_is_raised_to_the_hard_one_but_not_beyond_sense() -> None:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    soft(512)
    assert descriptors.raise_limit() == descriptors.limit() == min(hard, 65_536)
    assert descriptors.is_low(4_095)
    assert not descriptors.is_low(4_096)


def test_tabs_never_take_the_last_descriptors(settings: Settings) -> None:
    soft(1_024)
    assert descriptors.tabs(settings) == (1_024 - 256) // 4
    soft(200)
    assert (descriptors.tabs(settings), descriptors.connections(settings)) == (1, 8)
    soft(20_000)
    assert descriptors.tabs(settings) == settings.max_sockets == 1_000
    for limit in (300, 1_024, 20_000):
        soft(limit)
        others = descriptors.connections(settings) - descriptors.tabs(settings)
        assert 4 * descriptors.tabs(settings) + others <= limit


@pytest.mark.parametrize("soft", [65_536, 100_000, resource.RLIM_INFINITY])
def test_a_limit_that_is_high_enough_is_left_alone(
    monkeypatch: pytest.MonkeyPatch, soft: int
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("it is changed")

    monkeypatch.setattr(resource, "getrlimit", lambda _which: (soft, resource.RLIM_INFINITY))
    with monkeypatch.context() as during:
        during.setattr(resource, "setrlimit", refuse)
        assert descriptors.raise_limit() >= 65_536
