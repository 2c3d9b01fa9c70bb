"""A person's plays as columns, in their own time zone."""

from ttt.services.plays.frame.building import Hidden, build
from ttt.services.plays.frame.columns import Frame, Gap, Narrowing
from ttt.services.plays.frame.span import Span
from ttt.services.plays.frame.tracks import PlayedTrack, Tracks

__all__ = ["Frame", "Gap", "Hidden", "Narrowing", "PlayedTrack", "Span", "Tracks", "build"]
