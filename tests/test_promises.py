"""What is promised in words is kept to the number.

Each line names a document, words that stand in it, and what the code goes by, beside the same
numbers spelt out. So a constant that moves fails, and so does a sentence that was forgotten.
"""

from datetime import timedelta
from pathlib import Path

import pytest

from ttt.found import Kind
from ttt.jobs import worker
from ttt.providers.history_files import archive
from ttt.providers.history_files.formats.spotify import history
from ttt.providers.spotify import recent
from ttt.services.accounts import passwords, throttle
from ttt.services.discover import charting
from ttt.services.doors import (
    one_time_links,
    resetting,
    second_factor,
)
from ttt.services.lists import describing, imports, lists
from ttt.services.matching import matching
from ttt.services.my_data import reading
from ttt.services.playlists import own
from ttt.services.plays import recordings
from ttt.services.plays.bringing import uploads
from ttt.services.plays.judging import fitting, stretches
from ttt.services.plays.judging import matching as judging
from ttt.services.plays.measures import days
from ttt.services.plays.measures.charts import ranking
from ttt.services.plays.measures.discoveries import firsts, stories
from ttt.services.plays.measures.listening import sessions as sittings
from ttt.services.plays.measures.mood import odd, river, stripes
from ttt.services.plays.sharing import agreeing
from ttt.services.recorders import endings
from ttt.services.recorders.players import relaying
from ttt.services.server import rotation
from ttt.services.server.backups import backups
from ttt.services.server.watching import descriptors
from ttt.services.spotify import connecting, spotify
from ttt.services.tables import spreadsheet
from ttt.services.values import enrich, limits
from ttt.settings import Settings
from ttt.store import locks
from ttt.store.doors import openid as openid_store
from ttt.store.doors import sessions
from ttt.store.server import way_back
from ttt.store.spotify import spotify as states
from ttt.ui import ended, failing
from ttt.ui.lists import adding
from ttt.web.guards import connections, gate
from ttt.web.routes import recaps
from ttt.web.watching import log, repeats

DOCUMENTS = Path(__file__).resolve().parents[1]
SETTINGS = Settings(_env_file=None)
SECOND, MINUTE, HOUR, DAY = (
    *(timedelta(seconds=1), timedelta(minutes=1)),
    *(timedelta(hours=1), timedelta(days=1)),
)
MB = 1024 * 1024

SECURITY = {
    "At least 10 characters, at most the 72 bytes": (
        (passwords._SHORTEST, passwords._LONGEST_BYTES),
        (10, 72),
    ),
    "one's own names (of three letters or more)": (passwords._SHORTEST_NAME, 3),
    "Five failures for a name and twenty from an address": (
        (throttle.FREE_BY_NAME, throttle.FREE_BY_ADDRESS),
        (5, 20),
    ),
    "are free within a day": (throttle.WINDOW, DAY),
    "from half a minute to a quarter of an hour": (
        (throttle.FIRST_WAIT, throttle.LONGEST_WAIT),
        (30 * SECOND, 15 * MINUTE),
    ),
    "after 30 days without a visit and after 180 in any case": (
        (SETTINGS.session_days, SETTINGS.session_max_days),
        (30, 180),
    ),
    "good once and for a minute": (sessions.TICKET_LIFE, MINUTE),
    "TOTP with ten recovery codes": (second_factor.RECOVERY_CODES, 10),
    "one hour (by mail), a day (by an admin) or a week (invitations)": (
        (
            one_time_links.RESET_BY_MAIL,
            one_time_links.RESET_BY_ADMIN,
            one_time_links.INVITATION,
        ),
        (HOUR, DAY, 7 * DAY),
    ),
    "One mail in five minutes": (resetting._NEXT_MAIL_AFTER, 5 * MINUTE),
    "an address gets 30 pages a minute": (recaps._A_WINDOW, 30),
    "of files that came to a tab the newest five are held": (ended._MOST_FILES, 5),
    "would be more than two million cells": (spreadsheet.MOST_CELLS, 2_000_000),
    "a message over a WebSocket has 4 MB at most": (connections.LARGEST_MESSAGE, 4 * MB),
    "the demo Spotify 1 MB": (gate._LARGEST_QUESTION, MB),
    "good once and for a week": (agreeing.GOOD_FOR, 7 * DAY),
}
LISTS = {
    "Up to 5 MB and 20,000 rows": (
        (spreadsheet.MAX_BYTES, spreadsheet.MAX_ROWS),
        (5 * MB, 20_000),
    ),
    "which takes a million letters": (adding._MOST_LETTERS, 1_000_000),
    "of at most 2,000,000 cells": (spreadsheet.MOST_CELLS, 2_000_000),
    "They wait up to 30 days": (imports._WAITS_FOR, 30 * DAY),
    "ten at once": (matching.LOOKUPS, 10),
}
HISTORY = {
    "up to 200 files and 1 GB": (
        (archive.MOST_MEMBERS, archive.MOST_BYTES),
        (200, 1024 * MB),
    ),
    "in pieces of 1 MB, up to 300 MB": (
        (uploads.PIECE, SETTINGS.history_max_mb),
        (MB, 300),
    ),
    "at least 30 seconds of it": (judging.SHORTEST, 30_000),
    "at most a day before, at most 5 seconds after": (
        (history._DAY, history._LATER),
        (86_400, 5),
    ),
    "the list of the last 50 plays": (recent.MOST, 50),
    "comes with more than four titles": (recordings._MOST_TITLES, 4),
    "within 15 seconds of the start": (fitting._NEAR, 15),
    "a silence of 2¼ hours": (stretches.SILENCE, 135 * 60),
    "every page says so a month before": (endings.SHOWN, 30 * DAY),
    "up to 20,000 listens wait": (relaying.MOST_WAITING, 20_000),
    "a new authorization every six months": (spotify.AUTHORIZATION_LASTS, 182 * DAY),
}
LISTENING = {
    "thirty seconds or more": (judging.SHORTEST, 30_000),
    "names and lengths within three seconds": (recordings._SAME_LENGTH, 3_000),
    "where gaps cover half of it": (days._ENOUGH, 12 * 3600),
    "more than half an hour of silence": (sittings.BREAK, 1800),
    "steps with less than an hour of known music": (river.LEAST_HOURS, 1.0),
    "weeks within two weeks of a gap": (odd._BESIDE, 14),
    "less than three fifths is known": (odd._LEAST_KNOWN, 0.6),
    "if 270 of its days or more were recorded": (stripes._MOST_OF_A_YEAR, 270),
    "count the first twenty places": (ranking.PLACES, 20),
    "more than 60 days after the first time": (firsts.STAYED_DAYS, 60),
    "ten plays or more": (stories.FORGOTTEN_PLAYS, 10),
    "none for a year": (stories.FORGOTTEN_DAYS, 365),
    "fifteen plays within seven days": ((stories.OBSESSED_PLAYS, stories.OBSESSED_DAYS), (15, 7)),
    "180 recorded days away after five plays": ((stories.AWAY_DAYS, stories.AWAY_AFTER), (180, 5)),
    "then three plays within thirty days": ((stories.BACK_PLAYS, stories.BACK_DAYS), (3, 30)),
}
SOURCES = {
    "1.5 requests a second here": (SETTINGS.rate("reccobeats"), 1.5),
    "features after a year, genres after half a year, popularity after a month": (
        tuple(enrich._HIT_LASTS[kind] for kind in (Kind.FEATURES, Kind.GENRES, Kind.POPULARITY)),
        (365 * DAY, 180 * DAY, 30 * DAY),
    ),
    "misses after two weeks": (enrich._MISS_LASTS, 14 * DAY),
    "after three failures in a row a source rests": (limits._FAILURES_BEFORE_REST, 3),
    "that is older than a day": (charting.FRESH_FOR, DAY),
    "Snapshots are kept for 90 days": (charting._KEPT_FOR, 90 * DAY),
    "tried again after ten minutes": (charting._TRY_AGAIN_AFTER, 10 * MINUTE),
    "misses for 30 days": (matching._MISS_LASTS, 30 * DAY),
}
MY_DATA = {
    "larger than 5 MB, holds more than 100 files": (
        (reading.MAX_BYTES, reading.MOST_FILES),
        (5 * MB, 100),
    ),
    "a file of more than 24 MB or more than 200 MB in all": (
        (reading.MAX_FILE, reading.MAX_TOTAL),
        (24 * MB, 200 * MB),
    ),
    "for 30 days, so that it can be undone": (lists.UNDO_FOR, 30 * DAY),
    "a secret that is good for ten minutes": (connecting._STATE_LIFE, 10 * MINUTE),
}
OPERATIONS = {
    "send less than 256 bytes a second": (connections._LEAST_A_SECOND, 256),
    "what the hard limit allows (65,536 at most)": (descriptors._ENOUGH, 65_536),
    "128 of them at most": (ended._MOST, 128),
    "take theirs again within two seconds": (worker.LOOK_FOR_NAME_EVERY, 2.0),
    "newcomers let them for ten": (locks.SETTLED_AFTER, 10.0),
    "tries again every ten seconds by itself": (failing._TRIED_EVERY, 10.0),
    "has more than 4 GB": (way_back.MOST, 4 * 1024 * MB),
    "the copy took over ten minutes": (way_back._SECONDS, 600.0),
    "one older than 36 hours": (backups.STALE_AFTER, 36 * HOUR),
    "written five times a minute": ((repeats._MOST, repeats._SECONDS), (5, 60)),
    "requests, 600 times a minute": (log._LINES_A_MINUTE, 600),
}
SPOTIFY = {
    "each client ID of the server has five seats": (SETTINGS.spotify_seats, 5),
}
DEPLOYMENT = {"again after 20 seconds for writes": (rotation.SETTLED_AFTER, 20 * SECOND)}
PRIVACY = {"It stays in the database for 30 days": (lists.UNDO_FOR, 30 * DAY)}
README = {
    "at most 20 at a time": (describing.LOOKUPS, 20),
    "on the Imports page, up to 300 MB": (SETTINGS.history_max_mb, 300),
    "their first 1,000 rows are taken in": (own.MOST_READ, 1_000),
}
EXPLAINED = {
    "This sign-in took over ten minutes": (openid_store.STATE_LIFE, 10 * MINUTE),
    "holds more than 1 GB once it is unpacked": (archive.MOST_BYTES, 1024 * MB),
    "holds more than 200 files": (archive.MOST_MEMBERS, 200),
}
EXPLAINED_OF_SPOTIFY = {
    "You took longer than ten minutes on Spotify's page": (states.STATE_LIFE, 10 * MINUTE),
    "it was revoked, or is six months old": (spotify.AUTHORIZATION_LASTS, 182 * DAY),
    "in Spotify's dashboard (five at most)": (SETTINGS.spotify_seats, 5),
}
PROMISES = [
    pytest.param(document, words, *numbers, id=words)
    for document, promises in {
        "docs/security.md": SECURITY,
        "docs/lists.md": LISTS,
        "docs/history.md": HISTORY,
        "docs/listening.md": LISTENING,
        "docs/sources.md": SOURCES,
        "docs/my-data.md": MY_DATA,
        "docs/operations.md": OPERATIONS,
        "docs/spotify.md": SPOTIFY,
        "docs/deployment.md": DEPLOYMENT,
        "docs/privacy.md": PRIVACY,
        "README.md": README,
        "ttt/services/explain/__init__.py": EXPLAINED,
        "ttt/services/explain/spotify.py": EXPLAINED_OF_SPOTIFY,
    }.items()
    for words, numbers in promises.items()
]


@pytest.mark.parametrize(("document", "words", "kept", "promised"), PROMISES)
def test_a_promise_in_a_document_is_kept_to_the_number(
    document: str, words: str, kept: object, promised: object
) -> None:
    assert words in (DOCUMENTS / document).read_text()
    assert kept == promised
