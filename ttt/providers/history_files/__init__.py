"""Listening histories: what people bring in files becomes told plays, a block at a time.

    from ttt.providers import history_files

    file = history_files.HistoryFile("my_spotify_data.zip", stream)    # a seekable binary stream
    reading = history_files.read([file], now=context.now(), zone=ZoneInfo("Europe/Berlin"))
    reading.questions         # frozenset[Question]: what somebody has to say before it can be read
    reading.parts             # tuple[Part, ...]: the members that hold plays, in order
    reading.passed_over       # tuple[PassedOver(name, why)]: members that are no history
    for block in reading:     # Block(plays, left_out, refused): about 1 MB of a file, in order
        reading.rows          # how many were read so far

Each row of a file becomes exactly one of ToldPlay, LeftOut and RefusedRow (ttt.plays), numbered
from 1 within its part, so that `rows` is the sum of the three. Nothing is judged across
rows here. A whole file that cannot be read raises `HistoryRefused(why, name)` (ttt.errors); `why`
is a `WhyNoHistory`, for which ttt.services.explain has the words. So does a reading whose questions
are not answered, and one that has come to its end without a single row (EMPTY).

A zip, a tar or what gzip or xz packed loses the smallest part of it that is bad: a member that
cannot be read is a part with one refused row, and one that is damaged in the middle ends there with
a refused row (`ttt.plays.OF_A_FILE` has the reasons). Where the list of a zip's members is lost,
they are found one behind the other.

For a job with a step a member: `Reading.parts` are the same for the same bytes, and each can be
read alone, again too, while the stream is open: `for block in part.blocks(): ...`. `part.name` is
its name, `part.format` a Format (a StrEnum) with `.label` for people and `.source` (PlaySource).
A play's own `source` and `sense`, where they are not 0, go before the format's. `Reading.format`
is that of its first part.

Answers to questions: `zone` (ZONE: a `.scrobbler.log` of unknown zone, and times without one in a
table of one's own), `columns` (COLUMNS: header -> Column, see `guess_columns`), `order` (DATES:
what stands first in dates such as 03/04/2024, where no number above 12 in the whole file says so),
`folders` (WHOSE: a zip with the folders of several people, or of one person's exports of several
times; `reading.folders` names them, all of them may be chosen).

    what_is(file) -> Format | None                of any file, a zip too: for the upload of lists
    guess_columns(file) -> Guess                  header, some rows, columns (header -> Column),
                                                  lacks_zone

Exports are written by `ttt.providers.history_files.writing`, and come back as they went.
"""

from ttt.providers.history_files.archive import HistoryFile
from ttt.providers.history_files.blocks import Block, Column, Order
from ttt.providers.history_files.columns import Guess, guess_columns
from ttt.providers.history_files.parts import Part, PassedOver, Question
from ttt.providers.history_files.reading import Reading, read, what_is
from ttt.providers.history_files.refusals import WhyNoHistory
from ttt.providers.history_files.registry import Format

__all__ = [
    "Block",
    "Column",
    "Format",
    "Guess",
    "HistoryFile",
    "Order",
    "Part",
    "PassedOver",
    "Question",
    "Reading",
    "WhyNoHistory",
    "guess_columns",
    "read",
    "what_is",
]
