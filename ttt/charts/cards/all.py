"""All cards of a recap, in their order, and the sheet that holds them."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from ttt.chartdata.recap import Recap
from ttt.charts.cards import bands, lists, pictures
from ttt.charts.cards.paper import HEIGHT, WIDTH, Paper
from ttt.charts.theme import Theme

Drawn = Callable[[Recap, Paper], str]
_ACROSS, _GAP = 5, 40


@dataclass(frozen=True, slots=True)
class Card:
    """A card: its name in addresses and files, its title, and its picture."""

    name: str
    title: str
    svg: str


def cards(recap: Recap, theme: Theme, prefix: str = "card") -> tuple[Card, ...]:
    """Those cards for which enough is known; none where nothing was played.

    What they define begins with the prefix: two themes on one page need two.
    """
    if not recap.plays:
        return ()
    found = []
    for name, title, drawn, tint in _order(theme):
        svg = drawn(recap, Paper(f"{prefix}-{name}", theme, tint))
        if svg:
            found.append(Card(name, title, svg))
    return tuple(found)


def whole(found: tuple[Card, ...], theme: Theme) -> str:
    """All cards on one sheet, five beside each other."""
    across = min(_ACROSS, len(found)) or 1
    down = -(-len(found) // across)
    width, height = across * (WIDTH + _GAP) + _GAP, down * (HEIGHT + _GAP) + _GAP
    placed = "".join(_placed(card.svg, n % across, n // across) for n, card in enumerate(found))
    names = escape(", ".join(card.title for card in found))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{names}"><rect width="{width}" height="{height}" fill="{theme.ground}"/>'
        f"{placed}</svg>"
    )


def _placed(svg: str, column: int, row: int) -> str:
    """A card at its place on the sheet."""
    x, y = _GAP + column * (WIDTH + _GAP), _GAP + row * (HEIGHT + _GAP)
    size = f'width="{WIDTH}" height="{HEIGHT}"'
    return svg.replace("<svg ", f'<svg x="{x}" y="{y}" {size} ', 1)


def _order(theme: Theme) -> tuple[tuple[str, str, Drawn, str], ...]:
    return (
        ("days", "Each ray is a day", pictures.ring, theme.accent),
        ("track", "The track you played most", pictures.favourite, theme.tempo),
        ("tracks", "Five tracks", lists.tracks, theme.tempo),
        ("artists", "Five artists", lists.artists, theme.energy),
        ("mood", "How it felt", bands.mood, theme.valence),
        ("hour", "Your hour", pictures.clock, theme.popularity),
        ("new", "Artists new to you", lists.newcomers, theme.valence),
        ("albums", "Five albums", lists.albums, theme.popularity),
        ("genres", "Genres", bands.genres, theme.accent),
        ("up", "On their way up", lists.climbers, theme.valence),
        ("break", "Without a break", lists.sitting, theme.energy),
    )
