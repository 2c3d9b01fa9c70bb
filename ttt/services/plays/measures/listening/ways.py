"""On which devices, on shuffle and offline: how plays came about, as far as sources say it."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ttt import words
from ttt.chartdata import By, Caption, Way, Ways
from ttt.plays import Device, How, PlaySource
from ttt.services.plays.frame import Frame, Span
from ttt.services.plays.measures import counting, coverage, days

# By source. The others, and rows without a device, say nothing of modes, which is no "no".
_SAYS_HOW = np.isin(np.arange(256), (PlaySource.SPOTIFY_HISTORY, PlaySource.STATS_TRACKER))
_MODES = {"On shuffle": How.SHUFFLE, "Offline": How.OFFLINE}
_NOBODY_SAYS = "None of your sources says on what it was played"


class _Part(NamedTuple):
    value: float
    of: float

    @property
    def share(self) -> float | None:
        return self.value / self.of if self.of else None


def ways(frame: Frame, span: Span, by: By = By.PLAYS) -> Ways:
    """Parts of the plays or minutes whose way is known; devices that were not used are left out."""
    plays = frame.within(span)
    parts = _parts(plays, by)
    now, then, compared = days.like_with_like(frame, span)
    late, early = (_parts(f, by) if compared else {} for f in (now, then))
    found = {
        name: Way(name, part.value, part.value / part.of, _share(late, name), _share(early, name))
        for name, part in parts.items()
        if part.of
    }
    devices = tuple(way for name, way in found.items() if name not in _MODES and way.value)
    modes = tuple(way for name, way in found.items() if name in _MODES)
    caption = Caption(_takeaway(plays, devices, by), _known(plays, parts, by), "")
    return Ways(devices, modes, by, caption)


def _share(parts: dict[str, _Part], name: str) -> float | None:
    return parts[name].share if name in parts else None


def _parts(frame: Frame, by: By) -> dict[str, _Part]:
    """Of each way what it counts and of how much; devices by how much they were used."""
    sums = _sums(frame, by)
    used, modes = sums[1:].sum(axis=1), sums[1:, 1:].sum(axis=0)
    known, said = float(used.sum()), float(modes.sum())
    order = sorted(list(Device)[1:], key=lambda device: -used[device - 1])
    found = {device.label: _Part(float(used[device - 1]), known) for device in order}
    for n, name in enumerate(_MODES):
        has = [combined >> n & 1 == 1 for combined in range(len(modes))]
        found[name] = _Part(float(modes[has].sum()), said)
    return found


def _sums(frame: Frame, by: By) -> NDArray[np.float64]:
    """Plays or minutes by device, and by modes: where nothing is said of them, and combined.

    All in one sum, as each over a million plays takes its time.
    """
    modes = np.ones(len(frame), np.uint8)
    for n, mode in enumerate(_MODES.values()):
        modes += ((frame.how & mode) != 0).astype(np.uint8) << np.uint8(n)
    columns = 1 + 2 ** len(_MODES)
    places = frame.device * np.uint8(columns) + modes * _SAYS_HOW[frame.source]
    amounts = counting.weights(frame, by)
    return counting.summed(places, amounts, len(Device) * columns).reshape(-1, columns)


def _takeaway(plays: Frame, devices: tuple[Way, ...], by: By) -> str:
    if not len(plays):
        return words.NOTHING
    if not devices:
        return _NOBODY_SAYS
    first = devices[0]
    part = f"{coverage.about(plays, by)}{words.share(first.part, 1)} of {by.whole}"
    return f"{first.name} leads with {part}" if len(devices) > 1 else f"{first.name} alone: {part}"


def _known(plays: Frame, parts: dict[str, _Part], by: By) -> str:
    total = float(counting.weights(plays, by).sum())
    known = next(iter(parts.values())).of
    device = f"device known for {words.share(known, total)} of {by.whole}"
    return words.facts(device, coverage.guessed(plays, by))
