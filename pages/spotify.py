"""Connect, reconnect and disconnect Spotify; also where Spotify sends people back to."""

from ttt.ui.accounts import session
from ttt.ui.frame import layout, reads
from ttt.ui.spotify import connected, connecting, playlists, seats, setup
from ttt.ui.work import ways

person = session.require_user()
connecting.take_answer(person)
connection = reads.connection(person)
layout.head("Spotify", connected.with_demo("What this app may read and do there", connection))
seats.to_do(person)
connecting.section(person)
setup.offer(person)
setup.own(person)
ways.to_demo_history(person)
if connection is not None:
    playlists.history(person)
