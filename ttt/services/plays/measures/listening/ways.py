"""On which devices, on shuffle and offline: how plays came about, as far as sources say it."""

from collections.abc import Mapping
from math import prod
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ttt import words
from ttt.chartdata import By, Caption, Way, Ways
from ttt.plays import Device, How, PlaySource
from ttt.services.plays.frame import Frame, Span
from ttt.services.plays.measures import counting, coverage, days

# The others, and rows without a device, say nothing of modes, which is no "no".
_SAYS_HOW = [PlaySource.SPOTIFY_HISTORY, PlaySource.STATS_TRACKER]
_DEVICES = {
    Device.PHONE: "Phone or tablet",
    Device.DESKTOP: "Computer",
    Device.WEB: "Web player",
    Device.TV: "TV",
    Device.SPEAKER: "Speaker",
    Device.CAR: "Car",
    Device.CONSOLE: "Game console",
}
_MODES = {"On shuffle": How.SHUFFLE, "Offline": How.OFFLINE}
_MODE_BITS = How.SHUFFLE | How.OFFLINE
_NOBODY_SAYS = "None of your sources says on what it was played"

_Sums = NDArray[np.float64]


class _Part(NamedTuple):
    value: float
    of: float

    @property
    def share(self) -> float | None:
        return self.value / self.of if self.of else None


_Parts = Mapping[str, _Part]


def ways(frame: Frame, span: Span, by: By = By.PLAYS) -> Ways:
    """Shares of the plays or minutes whose way is known; unused devices are left out."""
    plays = frame.within(span)
    now, then, _ = days.like_with_like(frame, span)
    told, late, early = (_sums(each, by) for each in (plays, now, then))
    devices = _ways(*map(_devices, (told, late, early)))
    used = tuple(sorted((way for way in devices if way.value), key=lambda way: -way.value))
    caption = Caption(_takeaway(plays, used, by), _known(plays, told, by), "")
    return Ways(used, _ways(*map(_modes, (told, late, early))), by, caption)


def _ways(told: _Parts, late: _Parts, early: _Parts) -> tuple[Way, ...]:
    return tuple(
        Way(name, part.value, part.share, late[name].share, early[name].share)
        for name, part in told.items()
        if part.share is not None
    )


def _sums(frame: Frame, by: By) -> _Sums:
    """Plays or minutes by source, device and modes, all in one sum over what may be a million."""
    shape = max(PlaySource) + 1, len(Device), _MODE_BITS + 1
    places = frame.how & np.uint16(_MODE_BITS)
    places += frame.device * np.uint16(shape[2])
    places += frame.source * np.uint16(shape[1] * shape[2])
    return counting.summed(places, counting.weights(frame, by), prod(shape)).reshape(shape)


def _devices(sums: _Sums) -> _Parts:
    known = float(sums[:, 1:].sum())
    return {name: _Part(float(sums[:, device].sum()), known) for device, name in _DEVICES.items()}


def _modes(sums: _Sums) -> _Parts:
    said = sums[_SAYS_HOW, 1:].sum(axis=(0, 1))
    bits = np.arange(len(said))
    return {
        name: _Part(float(said[bits & mode != 0].sum()), float(said.sum()))
        for name, mode in _MODES.items()
    }


def _takeaway(plays: Frame, devices: tuple[Way, ...], by: By) -> str:
    if not len(plays):
        return words.NOTHING
    if not devices:
        return _NOBODY_SAYS
    first = devices[0]
    part = f"{coverage.about(plays, by)}{words.share(first.share, 1)} of {by.whole}"
    return f"{first.name} leads with {part}" if len(devices) > 1 else f"{first.name} alone: {part}"


def _known(plays: Frame, sums: _Sums, by: By) -> str:
    known = words.share(float(sums[:, 1:].sum()), float(sums.sum()))
    return words.facts(f"device known for {known} of {by.whole}", coverage.guessed(plays, by))
