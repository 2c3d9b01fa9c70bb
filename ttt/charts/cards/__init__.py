"""Cards of a recap, 1080 by 1350, as SVG and as PNG."""

from ttt.charts.cards.all import Card, cards, whole
from ttt.charts.cards.picture import png

__all__ = ["Card", "cards", "png", "whole"]
