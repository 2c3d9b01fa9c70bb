"""One short true sentence for each chart, from the numbers that the chart shows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import ceil, floor

from ttt import music
from ttt.chartdata import MoodPoint, PeriodValues
from ttt.music import WORTH_A_WORD, Measure, Period, clear_steps, comparative, written
from ttt.services.tracks import trends

# Where a fifth of the scale lies between its two ends.
_PLACES = {
    Measure.ENERGY: (
        *("calm", "rather calm", "between calm and intense"),
        *("rather intense", "intense"),
    ),
    Measure.VALENCE: ("sad", "rather sad", "between sad and happy", "rather happy", "happy"),
}
_QUADRANTS = {
    (True, True): ("elated", "happy and intense"),
    (False, True): ("tense", "sad and intense"),
    (False, False): ("gloomy", "sad and calm"),
    (True, False): ("serene", "happy and calm"),
}
_SIDES = {
    Period.SHORT_TERM: "your last 4 weeks",
    Period.MEDIUM_TERM: "your last 6 months",
    Period.LONG_TERM: "your year",
    None: "this list",
}
_FEW = 3
NOTHING = "Nothing is known yet"


def popularity(values: Sequence[float], direction: int, name: str) -> str:
    """Whether tracks higher up the list are better known, by a measure of that name."""
    middle = music.median(values)
    if middle is None:
        return NOTHING
    if len(values) == 1:
        return f"Known of one track: {middle:,.0f}"
    low, high = f"{min(values):,.0f}", f"{max(values):,.0f}"
    if low == high:
        return f"Every known value is {low}"
    if len(values) < trends.ENOUGH:
        return f"{name[0].upper()}{name[1:]} from {low} to {high}"
    if direction == 0:
        return f"Median {middle:,.0f}, no trend by place"
    return f"{'Better' if direction < 0 else 'Less'} known towards the top"


def distribution(
    measure: Measure, values: Sequence[float], compared: Sequence[float], name: str
) -> str:
    """Where the middle lies, against another list (`name`) where both have enough values."""
    middle, other = music.median(values), music.median(compared)
    if middle is None:
        return NOTHING
    if len(values) == 1:
        place = f", {_place(measure, middle)}" if measure in _PLACES else ""
        return f"One track's {measure} is known: {written(measure, middle)}{place}"
    if other is not None and min(len(values), len(compared)) >= _FEW:
        return f"{_word(measure, middle)}, {_against(measure, middle, other)} {name}"
    return f"{_word(measure, middle)}: {_spread(measure, values)}"


def mood_map(points: Sequence[MoodPoint]) -> str:
    """The quadrant that holds the most tracks."""
    if not points:
        return NOTHING
    counts = Counter(_QUADRANTS[p.valence >= 0.5, p.energy >= 0.5] for p in points)
    ((name, meaning), most), *others = counts.most_common()
    total = len(points)
    if total == 1:
        return f"One track on the map, {name}: {meaning}"
    if most == total:
        return f"{'Both' if total == 2 else f'All {total:,}'} tracks are {name}: {meaning}"
    if most > total / 2:
        return f"Mostly {name}: {most:,} of {total:,} tracks are {meaning}"
    if others[0][1] == most:
        return f"No mood leads among these {total:,} tracks"
    return f"Most often {name}: {most:,} of {total:,} tracks are {meaning}"


def key_wheel(counts: Sequence[int]) -> str:
    """The commonest key; `counts` in the order of music.camelot_wheel()."""
    total, most = sum(counts), max(counts)
    if total == 0:
        return NOTHING
    leaders = [
        (music.key_name(key, mode), code)
        for (code, key, mode), count in zip(music.camelot_wheel(), counts, strict=True)
        if count == most
    ]
    name, code = leaders[0]
    if total == 1:
        return f"One track's key is known: {name} ({code})"
    if most == 1:
        return f"No key comes up twice in {total:,} tracks"
    if len(leaders) == 1:
        return f"{name} ({code}) leads: {most:,} of {total:,} tracks"
    if len(leaders) == 2:
        return f"{name} and {leaders[1][0]} lead: {most:,} of {total:,} tracks each"
    return f"{len(leaders)} keys share the lead: {most:,} of {total:,} tracks each"


def genres(tracks: Mapping[str, int], total: int) -> str:
    """The genre of the most tracks; `tracks` by genre, the commonest first."""
    if not tracks:
        return NOTHING
    if total == 1:
        return f"Known of one track: {', '.join(tracks)}"
    most = max(tracks.values())
    leaders = [name for name, count in tracks.items() if count == most]
    if most == 1:
        return f"No genre comes up twice in {total:,} tracks"
    if len(leaders) > 2:
        return f"{len(leaders)} genres share the lead: {most:,} of {total:,} tracks each"
    if len(leaders) == 2:
        return f"{' and '.join(leaders)} lead: {most:,} of {total:,} tracks each"
    often = "Mostly" if most > total / 2 else "Most often"
    return f"{often} {leaders[0]}: {most:,} of {total:,} tracks"


def periods(values: Sequence[PeriodValues]) -> str:
    """What changed most from the first known period to the last; a list is set against the last."""
    known = [p for p in values if any(v is not None for v in p.medians.values())]
    if not known:
        return NOTHING
    if len(known) == 1:
        if only := known[0].period:
            return f"Only one period is known so far: {only.label.lower()}"
        return "No period is known yet to compare this list with"
    new = known[-1]
    old = known[0] if new.period else known[-2]
    names = _SIDES[new.period].capitalize(), _SIDES[old.period]
    changes = [
        (_steps(m, now, then), m, now, then)
        for m in Measure
        if (now := new.medians.get(m)) is not None and (then := old.medians.get(m)) is not None
    ]
    if not changes:
        return f"{names[0]} and {names[1]} cannot be compared yet"
    verb = "are" if new.period else "is"
    steps, measure, now, then = max(changes, key=lambda change: abs(change[0]))
    if abs(steps) < WORTH_A_WORD:
        return f"{names[0]} {verb} much like {names[1]}"
    first, second = written(measure, now).removesuffix(" BPM"), written(measure, then)
    how = comparative(measure, steps)
    return f"{names[0]} {verb} {how} than {names[1]}: {first} vs {second}"


def flow(clashes: int | None, jumps: int, tempos: Sequence[float], seconds: float) -> str:
    """How smoothly a list runs: "3 key clashes, 1 tempo jump; 118 to 131 BPM over 42 min".

    `clashes` is None where no two neighbours have a key.
    """
    counted = [] if clashes is None else [_count(clashes, "key clash", "es")]
    if not tempos:
        return counted[0] if counted else NOTHING
    if jumps:
        counted.append(_count(jumps, "tempo jump", "s"))
    low, high = f"{min(tempos):.0f}", f"{max(tempos):.0f}"
    speed = f"{low} BPM" if low == high else f"{low} to {high} BPM"
    minutes = round(seconds / 60)
    time = f" over {minutes // 60} h {minutes % 60} min" if minutes > 90 else f" over {minutes} min"
    return "; ".join(filter(None, [", ".join(counted), speed + (time if minutes else "")]))


def comparison(measure: Measure, value: float, other: float) -> str | None:
    """How one value clearly differs from another, "sadder"; None where they are alike."""
    steps = _steps(measure, value, other)
    if abs(steps) < 1:
        return None
    return comparative(measure, steps)


def _count(number: int, noun: str, plural: str) -> str:
    words = noun if number == 1 else noun + plural
    return f"{number or 'No'} {words}"


def described(measure: Measure, value: float) -> str:
    """Value with its unit and, for energy and valence, its word: "0.71 Upbeat"."""
    word = {Measure.ENERGY: music.energy_word, Measure.VALENCE: music.mood}.get(measure)
    return f"{written(measure, value)} {word(value)}" if word else written(measure, value)


def _word(measure: Measure, value: float) -> str:
    if measure in _PLACES:
        return _place(measure, value).capitalize()
    return written(measure, value) if measure is Measure.TEMPO else f"Popularity {value:.0f}"


def _place(measure: Measure, value: float) -> str:
    return _PLACES[measure][music.fifth(value)]


def _against(measure: Measure, value: float, other: float) -> str:
    steps = _steps(measure, value, other)
    if measure in {Measure.TEMPO, Measure.POPULARITY}:
        places = abs(round(value) - round(other))
        if places == 0:
            return "the same as"
        word = comparative(measure, steps) if measure is Measure.TEMPO else _higher(steps)
        return f"{places} {word} than"
    if abs(steps) < WORTH_A_WORD:
        return "much like"
    little = "a bit " if abs(steps) < 1 else ""
    return f"{little}{comparative(measure, steps)} than"


def _higher(steps: float) -> str:
    return "higher" if steps > 0 else "lower"


def _steps(measure: Measure, value: float, other: float) -> float:
    return clear_steps(measure, value - other)


def _spread(measure: Measure, values: Sequence[float]) -> str:
    ordered, last = sorted(values), len(values) - 1
    few = len(values) <= _FEW
    # Rounded outwards, so that it is never less than half.
    low, high = (0, last) if few else (floor(last / 4), ceil(last * 3 / 4))
    first, final = (written(measure, ordered[i]).removesuffix(" BPM") for i in (low, high))
    if first == final:
        return f"{'all' if few else 'half'} lie at {final}"
    return f"{'all' if few else 'half'} lie within {first} to {final}"
