"""Accounts of a server, made by its services instead of by clicking."""

from itertools import count
from typing import Self
from urllib.parse import parse_qsl, urlsplit

from tests.browser.server import Server
from tests.services.plays.conftest import take
from tests.surroundings.loopback import ask
from ttt.found import Source
from ttt.music import Period
from ttt.plays import ToldPlay
from ttt.roles import Role
from ttt.services.accounts import accounts
from ttt.services.doors import sign_in
from ttt.services.person import Person
from ttt.services.spotify import connecting
from ttt.services.top import top_tracks
from ttt.store.tracks import tracks
from ttt.store.values import personal

PASSWORD = "correct horse battery"


class People:
    """Opens accounts on a server's database; each has PASSWORD and a name of its own."""

    def __init__(self, server: Server) -> None:
        self.context = server.services()
        self._numbers = count(1)

    def add(self, username: str = "", *, role: Role = Role.MEMBER) -> Person:
        """Open an account."""
        username = username or f"person{next(self._numbers)}"
        operator = accounts.operator(self.context)
        name = username.title()
        return accounts.add(self.context, operator, username, PASSWORD, name=name, role=role)

    def session(self, person: Person) -> str:
        """Sign somebody in; return what their cookie holds."""
        ticket = sign_in.issue_ticket(self.context, person, "/")
        redeemed = sign_in.redeem_ticket(self.context, ticket, None)
        assert redeemed is not None
        return redeemed[0]

    def agree(self, person: Person, listener: str = "ada") -> str:
        """Agree on the demo's consent page; return the address that it sends people back to."""
        form = {"decision": "agree", "listener": listener}
        consent = connecting.begin(self.context, person, "/")
        return ask("POST", consent, data=form).headers["location"]

    def connect(self, person: Person, listener: str = "ada") -> None:
        """Connect somebody to the demo."""
        answer = urlsplit(self.agree(person, listener)).query
        connecting.finish(self.context, person, dict(parse_qsl(answer)))

    def refresh(self, person: Person) -> list[str]:
        """Connect somebody and fetch their lists; return the titles of the last four weeks."""
        self.connect(person)
        top_tracks.refresh(self.context, person)
        top = top_tracks.read(self.context, person)[Period.SHORT_TERM]
        return [row.title or row.uri for row in top.rows]

    def hear(self, person: Person) -> None:
        """Let somebody have played two tracks a day for a year, by seven artists, with values."""
        now = int(self.context.now().timestamp())
        told = [
            ToldPlay(
                now - day * 86_400 - n * 4_000 - 500,
                f"Song {day * 2 % 19 + n}",
                (f"Band {(day * 2 % 19 + n) % 7}",),
                ms=180_000,
                album=f"Album {day % 5}",
                spotify_id=f"{day * 2 % 19 + n:022}",
            )
            for day in range(365)
            for n in range(2)
        ]
        take(self.context, person.id, told)
        values = {
            f"{n:022}": {"energy": 0.3 + n / 40, "valence": 0.8 - n / 40, "tempo": 90.0 + n}
            for n in range(20)
        }
        with self.context.session() as session:
            ids = tracks.ids_of(session, values)
            own = {track_id: values[i] for i, track_id in ids.items()}
            personal.save(session, person.id, Source.FILE, own, self.context.now())
            session.commit()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.context.engine.dispose()
