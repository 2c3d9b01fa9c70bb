"""Client IDs that admins set for everybody, and those that people bring for themselves alone.

Each is tried at Spotify before it is kept. What the environment sets stands beside them and is
changed there.
"""

from sqlmodel import Session

from ttt.errors import ClientRefused, InvalidInput, NotAllowed, NotFound
from ttt.models import SpotifyClient
from ttt.providers.spotify import check
from ttt.services.accounts import decisions
from ttt.services.accounts.trail import record
from ttt.services.context import Context
from ttt.services.person import Person, own, require_admin
from ttt.services.spotify import block as spotify_block
from ttt.services.spotify import clients, spotify
from ttt.services.spotify.clients import ENVIRONMENT, Client
from ttt.settings import DEMO_CLIENT_ID, client_id
from ttt.store.accounts import users
from ttt.store.spotify import clients as kept
from ttt.store.spotify import spotify as spotify_store

LONGEST_NAME = 60
_ODD = "is not as Spotify gives them, 32 digits and letters from a to f: copy it anew"
_WHERE = "from your app on developer.spotify.com/dashboard"


def add(context: Context, actor: Person, name: str, client: str, secret: str) -> None:
    """Set a client ID for everybody, for admins; the same one again gets name and secret anew."""
    require_admin(context, actor)
    client, secret = _as_given(client, secret)
    if client == context.settings.spotify_client_id:
        raise InvalidInput("SPOTIFY_CLIENT_ID sets this client ID already, and that wins.")
    name = _name(context, name, client)
    _ask_spotify(context, name, client, secret)
    with context.session() as session:
        users.touch_all(session)  # whoever is connecting takes turns, and every page shows it
        row = next((row for row in kept.of_all(session) if row.client_id == client), None)
        if row is None:
            row = SpotifyClient(name=name, client_id=client, created_at=context.now())
        row.name, row.secret_encrypted = name, _encrypted(context, secret)
        kept.add(session, row)
        record(context, session, actor, "spotify client set", name)
        session.commit()


def may_bring(context: Context) -> bool:
    """Whether people may bring client IDs: as an admin decided, or where there are several."""
    rule = decisions.read(context).own_spotify
    if rule != "several":
        return rule == "yes"
    with context.session() as session:
        return users.count(session) > 1


def bring(context: Context, person: Person, client: str, secret: str) -> None:
    """Set the person's own client ID, which serves them alone; another one disconnects them.

    NotAllowed where the rules let nobody bring one.
    """
    if not may_bring(context):
        raise NotAllowed
    with context.session() as session:
        own(session, person)
    bring_for(context, person, person, client, secret)


def bring_for(
    context: Context,
    actor: Person,
    owner: Person,
    client: str,
    secret: str,
    name: str = "",
) -> None:
    """Set somebody's own client ID, as the command line does whatever the rules are."""
    client, secret = _as_given(client, secret)
    _ask_spotify(context, owner.username, client, secret)
    with context.session() as session:
        own(session, owner)
        users.touch(session, owner.id)
        row = kept.own(session, owner.id)
        if row is None or row.client_id != client:
            _replace(session, owner, row)
            name = (name or owner.username)[:LONGEST_NAME]
            now = context.now()
            row = SpotifyClient(user_id=owner.id, name=name, client_id=client, created_at=now)
        row.secret_encrypted = _encrypted(context, secret)
        kept.add(session, row)
        record(context, session, actor, "own spotify client set", owner.username)
        session.commit()


def of(context: Context, person: Person) -> Client | None:
    """The client ID that the person brought."""
    with context.session() as session:
        client = clients.lasting(context, session, person.id)
    return client if client is not None and client.user_id == person.id else None


def give_up(context: Context, person: Person) -> None:
    """Remove the person's own client ID, if they have one, with all that came by it."""
    with context.session() as session:
        own(session, person)
    give_up_for(context, person, person)


def give_up_for(context: Context, actor: Person, owner: Person) -> None:
    """Remove somebody's own client ID, as the command line does."""
    with context.session() as session:
        row = kept.own(session, owner.id)
        if row is None:
            return
        spotify.forget(session, owner.id)
        kept.remove(session, row.id)
        record(context, session, actor, "own spotify client removed", owner.username)
        session.commit()


def remove(context: Context, actor: Person, name: str) -> None:
    """Remove a client ID of the server, for admins: whom it served have to connect anew."""
    require_admin(context, actor)
    with context.session() as session:
        row = next((row for row in kept.of_all(session) if row.name == name), None)
        if row is None:
            raise NotFound("client ID")
        users.touch_all(session)  # whoever is connecting takes turns, and every page shows it
        kept.remove(session, row.id)
        if row.client_id != context.settings.client_id:
            kept.drop_tokens(session, row.client_id)
            kept.clear_seats(session, row.client_id)
        record(context, session, actor, "spotify client removed", row.name)
        session.commit()


def _replace(session: Session, owner: Person, before: SpotifyClient | None) -> None:
    """End what somebody had before a client ID of their own serves them."""
    account = spotify_store.account(session, owner.id)
    if before is not None or (account is not None and account.client_id == DEMO_CLIENT_ID):
        spotify.forget(session, owner.id)
    else:
        # From the server's to one's own: the same listener's lists go on.
        kept.drop_token(session, owner.id)
    if before is not None:
        kept.remove(session, before.id)
    kept.leave(session, owner.id)


def _as_given(client: str, secret: str) -> tuple[str, str]:
    """Both without blanks around them; InvalidInput says what is wrong with which."""
    given = {"client ID": client.strip(), "client secret": secret.strip()}
    if not given["client ID"]:
        raise InvalidInput(f"Paste the client ID {_WHERE}.")
    for what, text in given.items():
        why = client_id.trouble(text) if text else None
        if text and why is None and client_id.unlikely(text):
            why = f"{_ODD} {_WHERE}"
        if why is not None:
            raise InvalidInput(f"The {what} {why}.")
    return given["client ID"], given["client secret"]


def _name(context: Context, name: str, client: str) -> str:
    name = " ".join(name.split())
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable():
        raise InvalidInput(f"Give it a name of 1 to {LONGEST_NAME} printable characters.")
    with context.session() as session:
        others = {row.name for row in kept.of_all(session) if row.client_id != client}
    if name in others | {ENVIRONMENT}:
        raise InvalidInput("Another client ID has this name: choose a different one.")
    return name


def try_(context: Context, client: Client) -> None:
    """Ask Spotify whether it takes a client ID, its secret and our redirect URI.

    Raises ClientRefused, RedirectRefused, RateLimited without asking while there is a wait, and
    another SpotifyError when Spotify does not say.
    """
    spotify_block.require_none(context, client)
    try:
        with spotify_block.kept(context, client):
            check(client.settings, context.now)
    except ClientRefused:
        raise ClientRefused(True, client.place) from None


def _ask_spotify(context: Context, name: str, client: str, secret: str) -> None:
    try:
        try_(context, Client(name, context.settings.with_client(client, secret)))
    except ClientRefused:
        raise ClientRefused(True, "check") from None


def _encrypted(context: Context, secret: str) -> str | None:
    return context.vault.encrypt(secret) if secret else None
