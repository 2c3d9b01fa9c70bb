"""Lines over time as one SVG, for what a soak showed."""

from collections.abc import Mapping, Sequence
from html import escape

_WIDTH, _HEIGHT, _LEFT, _TOP = 900, 150, 70, 30
_COLOURS = ("#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e")
Lines = Mapping[str, Sequence[tuple[float, float]]]
"""By name, points of x and y."""


def svg(panels: Mapping[str, Lines], kills: Sequence[float], unit: str) -> str:
    """A panel for each title, all over the same x (named by `unit`), with a mark at each kill."""
    ends = max(x for lines in panels.values() for line in lines.values() for x, _ in line)
    height = len(panels) * (_HEIGHT + 2 * _TOP)
    drawn = [
        _panel(title, lines, kills, ends, number * (_HEIGHT + 2 * _TOP) + _TOP)
        for number, (title, lines) in enumerate(panels.items())
    ]
    foot = f'<text x="{_WIDTH - 10}" y="{height - 6}" text-anchor="end">{escape(unit)}</text>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}"'
        ' font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="#fff"/>'
        f"{''.join(drawn)}{foot}</svg>\n"
    )


def _panel(title: str, lines: Lines, kills: Sequence[float], ends: float, top: int) -> str:
    most = max([y for line in lines.values() for _, y in line], default=0) or 1.0

    def place(x: float, y: float) -> str:
        across = _LEFT + x / ends * (_WIDTH - _LEFT - 20)
        return f"{across:.1f},{top + _HEIGHT * (1 - y / most):.1f}"

    parts = [f'<text x="{_LEFT}" y="{top - 8}" font-weight="bold">{escape(title)}</text>']
    for y in (0.0, most / 2, most):
        start, end = place(0, y), place(ends, y)
        parts.append(f'<polyline points="{start} {end}" stroke="#ddd" fill="none"/>')
        at = start.partition(",")[2]
        parts.append(f'<text x="{_LEFT - 6}" y="{at}" text-anchor="end">{y:,.4g}</text>')
    for kill in kills:
        ends_of_it = f"{place(kill, 0)} {place(kill, most)}"
        parts.append(f'<polyline points="{ends_of_it}" stroke="#bbb" stroke-dasharray="2 3"/>')
    for number, (name, line) in enumerate(lines.items()):
        colour = _COLOURS[number % len(_COLOURS)]
        points = " ".join(place(x, y) for x, y in line)
        parts.append(f'<polyline points="{points}" stroke="{colour}" fill="none"/>')
        x = _LEFT + 220 + 110 * number
        parts.append(f'<text x="{x}" y="{top - 8}" fill="{colour}">{escape(name)}</text>')
    return "".join(parts)
