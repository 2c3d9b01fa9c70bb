"""What cards are made of: their ground, texts that fit, covers, and the foot."""

import hashlib
import unicodedata
from dataclasses import dataclass
from html import escape

from ttt.charts import theme as style
from ttt.charts.theme import Theme

WIDTH, HEIGHT = 1080, 1350
EDGE = 80
INNER = WIDTH - 2 * EDGE
FONT = "'Source Sans Pro','Source Sans',sans-serif"
LETTERS = "JFMAMJJASOND"
_NAME = "Top Track Tracker"
# Width of a letter of this font in parts of its size, on the average.
_LETTER = 0.5


@dataclass(frozen=True, slots=True)
class Paper:
    """Colours of one card; `id` makes what it defines its own among all cards of a page."""

    id: str
    theme: Theme
    tint: str

    @property
    def dark(self) -> bool:
        """Whether the ground is dark."""
        return self.theme.ground < "#8"

    @property
    def ink(self) -> str:
        """Colour of what is said."""
        return self.theme.ink

    @property
    def quiet(self) -> str:
        """Colour of what explains it."""
        return style.mix(self.theme.quiet, self.theme.ink, 0.25)

    def shade(self, share: float) -> str:
        """The tint, mixed with the ground."""
        return style.mix(self.tint, self.theme.ground, share)


def sheet(paper: Paper, small: str, title: str, body: str, foot: str, text: str) -> str:
    """A whole card; `text` says what it shows to those who cannot see it."""
    top, bottom = paper.shade(0.8 if paper.dark else 0.84), paper.shade(0.93)
    gradient = (
        f'<linearGradient id="{paper.id}-g" x1="0" y1="0" x2="0" y2="1">'
        f'<stop stop-color="{top}"/><stop offset="1" stop-color="{bottom}"/></linearGradient>'
    )
    name = say(EDGE, 1276, _NAME, 32, paper.ink, weight=700)
    missing = say(WIDTH - EDGE, 1276, fitted(foot, 640, 32), 32, paper.quiet, anchor="end")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(_shown(text))}" font-family="{FONT}"><defs>{gradient}</defs>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" rx="44" fill="url(#{paper.id}-g)"/>'
        f"{say(EDGE, 128, fitted(small, INNER, 34), 34, paper.quiet, weight=600)}"
        f"{say(EDGE, 190, fitted(title, INNER, 52), 52, paper.ink, weight=700)}"
        f"{body}{name}{missing}</svg>"
    )


def say(
    x: float, y: float, text: object, size: int, fill: str, *, weight: int = 400, anchor: str = ""
) -> str:
    """A text, escaped; `anchor` is start, middle or end."""
    side = f' text-anchor="{anchor}"' if anchor else ""
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size}" font-weight="{weight}" fill="{fill}"{side}>'
        f"{escape(_shown(str(text)))}</text>"
    )


def fitted(text: str, width: float, size: int) -> str:
    """As much of the text as fits, with a sign for what is left out."""
    room = width / (size * _LETTER)
    used = 0.0
    for place, letter in enumerate(text):
        used += _wide(letter)
        if used > room:
            return f"{text[: max(place - 1, 1)].rstrip()}…"
    return text


def cover(paper: Paper, name: str, box: tuple[float, float, float], number: int) -> str:
    """A tile with initials, in colours that are always the same for a name: x, y and size."""
    x, y, size = box
    digest = int(hashlib.sha256(name.encode()).hexdigest(), 16)
    hue = digest % 360
    other = (hue + 25 + (digest >> 9) % 70) % 360
    key = f"{paper.id}-c{number}"
    return (
        f'<defs><linearGradient id="{key}" x1="0" y1="0" x2="1" y2="1">'
        f'<stop stop-color="hsl({hue},42%,44%)"/>'
        f'<stop offset="1" stop-color="hsl({other},46%,24%)"/>'
        f'</linearGradient></defs><rect x="{x:g}" y="{y:g}" width="{size:g}" height="{size:g}" '
        f'rx="{size * 0.11:.0f}" fill="url(#{key})"/>'
        + say(
            *(x + size / 2, y + size * 0.62, initials(name), round(size * 0.36), "#FFFFFF"),
            weight=700,
            anchor="middle",
        )
    )


def initials(name: str) -> str:
    """First letters of the first two words."""
    words = [word for word in name.replace("&", " ").split() if word[0].isalnum()]
    return "".join(word[0] for word in words[:2]).upper() or name[:1]


def percent(share: float) -> str:
    """A share in per cent: "8 %"."""
    return f"{share * 100:.0f} %"


def _wide(letter: str) -> float:
    return 2.0 if unicodedata.east_asian_width(letter) in "WF" else 1.0


def _shown(text: str) -> str:
    """Without what XML cannot hold, on one line."""
    return " ".join("".join(c for c in text if unicodedata.category(c) not in {"Cc", "Cs"}).split())
