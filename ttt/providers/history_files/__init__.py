"""Listening histories: what people bring in files becomes told plays, a block at a time.

    from ttt.providers import history_files

    file = history_files.HistoryFile("my_spotify_data.zip", stream)    # a seekable binary stream
    reading = history_files.read([file], zone=ZoneInfo("Europe/Berlin"), now=context.now())
    reading.questions         # set[Question]: what a person has to say before it can be read
    reading.parts             # tuple[Part]: the members that hold plays, in order
    reading.passed_over       # tuple[PassedOver]: members that are no history, each with its reason
    for block in reading:     # Block(plays, left_out, refused): 1 MB of a file, its rows in order
        reading.progress      # Progress(rows, first_year, last_year, part, parts)

Each row of a file becomes exactly one of ToldPlay, LeftOut and RefusedRow (ttt.plays), numbered
from 1 within its part, so that `reading.progress.rows` is the sum of the three. Nothing is judged
across rows here. A whole file that cannot be read raises `HistoryRefused` (ttt.errors), with a
reason of its own; so does going through a reading whose questions are not answered.

For a job with a step a member: `Reading.parts` are stable for the same bytes, and each can be read
alone: `for block in part.blocks(): ...` (the stream has to stay open). `part.format.source` is its
PlaySource, `part.format.label` its name for people; a play's own `source` and `sense`, where they
are not 0, go before the format's.

Answers: `zone` (for a `.scrobbler.log` of unknown zone, and times without one in a table of one's
own), `columns` (header -> Column, see `guess_columns`), `folders` (whose folder, when a zip holds
those of several people: `reading.folders` names them).

    recognise(head, name="") -> Format | None     the first 64 kB of a plain file
    what_is(file) -> Format | None                of a whole file, a zip too: for the upload of lists
    guess_columns(file) -> Guess                  headers, some rows, and which column means what
"""
