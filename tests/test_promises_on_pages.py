"""What is promised on pages and in mails is kept to the number, not to the constant."""

from datetime import timedelta

import pytest

from ttt.services.accounts import audit_log
from ttt.services.doors import known_browsers, openid, pending
from ttt.services.lists import arranging, imports, lists
from ttt.services.playlists import playlists
from ttt.services.plays.measures.mood import hours
from ttt.services.plays.sharing import agreeing, recap_links
from ttt.services.recorders import endings, following, timing
from ttt.services.recorders.players import listens, tokens
from ttt.services.server.watching import descriptors
from ttt.services.sound import builder
from ttt.services.spotify import playback
from ttt.services.values import limits
from ttt.settings import Settings

SETTINGS = Settings(_env_file=None)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SAID = [
    pytest.param(pending.LIFE, 5 * MINUTE, id="That took more than five minutes"),
    pytest.param(openid.STATE_LIFE, 10 * MINUTE, id="This sign-in took over ten minutes"),
    pytest.param(known_browsers.LIFE, 365 * DAY, id="a browser is known for a year"),
    pytest.param(hours.LEAST_HOURS * 60, 24, id="hours with under 24 minutes are left out"),
    pytest.param(
        imports._WAITS_FOR, 30 * DAY, id="Spotify could not be asked about it for 30 days"
    ),
    pytest.param(agreeing.MOST_OPEN, 5, id="five invitations to compare are open at a time"),
    pytest.param(lists.LONGEST_NAME, 100, id="a list's name has 100 characters"),
    pytest.param(arranging.LONGEST_NOTE, 500, id="a note has 500 characters"),
    pytest.param(SETTINGS.audit_days, 365, id="the trail goes back a year"),
    pytest.param(endings.URGENT, 7 * DAY, id="an end is urgent a week before"),
    pytest.param(endings.WARNED, (1, 7, 30), id="mails go out a month, a week and a day before"),
    pytest.param(limits._FIRST_REST, 5 * MINUTE, id="a source first rests for five minutes"),
    pytest.param(limits._LONGEST_REST, 6 * HOUR, id="a source rests for six hours at most"),
    pytest.param(limits._REFUSED_FOR, DAY, id="who refuses us rests for a day"),
    pytest.param(limits._SPOTIFY_REFUSED_FOR, 7 * DAY, id="Spotify's features rest for a week"),
    pytest.param(lists.MOST, 200, id="somebody has 200 lists"),
    pytest.param((arranging.LONGEST_TAG, arranging.MOST_TAGS), (40, 20), id="20 tags"),
    pytest.param(audit_log.MOST, 10_000, id="a file of the trail has 10,000 events"),
    pytest.param(builder.MOST, 100, id="a list that is built has 100 tracks"),
    pytest.param(
        (playlists.LONGEST, playlists.LONGEST_NAME),
        (10_000, 100),
        id="a playlist",
    ),
    pytest.param(recap_links.MOST, 20, id="twenty recaps are shown at a time"),
    pytest.param((tokens.MOST, tokens.LONGEST_NAME), (20, 60), id="20 tokens"),
    pytest.param(following._MOST, 5, id="five accounts elsewhere are followed"),
    pytest.param(
        (listens.MOST_LISTENS, listens.LARGEST_LISTEN), (1_000, 10_240), id="as ListenBrainz takes"
    ),
    pytest.param(
        (timing.SOON, timing.STILL, timing.IDLE, timing.NIGHT, timing.LONGEST_REST),
        (20 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 6 * HOUR),
        id="a recorder looks soon, hourly, seldom at night",
    ),
    pytest.param(playback.MOST, 200, id="200 tracks are played at once"),
    pytest.param(descriptors._RESERVED, 256, id="the last 256 files are given to no visitor"),
]


@pytest.mark.parametrize(("kept", "promised"), SAID)
def test_a_promise_on_a_page_is_kept_to_the_number(kept: object, promised: object) -> None:
    assert kept == promised
