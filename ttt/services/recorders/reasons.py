"""Why plays may be missing, in a word for the database and in words for people."""

from enum import StrEnum


class GapReason(StrEnum):
    """Why plays between two times may be missing."""

    MISSED = "missed"
    AWAY = "away"
    BLOCKED = "blocked"
    ENDED = "ended"

    @property
    def words(self) -> str:
        """The reason as a sentence."""
        return _WORDS[self]


_WORDS = {
    GapReason.MISSED: "More than 50 plays came between two looks at Spotify's list.",
    GapReason.AWAY: "This server was off.",
    GapReason.BLOCKED: "Spotify could not be asked.",
    GapReason.ENDED: "The authorization at Spotify had ended.",
}
