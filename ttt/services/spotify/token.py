"""Where the Spotify client finds and leaves a person's token."""

from sqlmodel import Session

from ttt.errors import NotConnected, ReconnectNeeded
from ttt.providers.spotify import Token
from ttt.services.context import Context
from ttt.services.spotify.clients import Client
from ttt.store.spotify import spotify


class TokenInMemory:
    """A token that is tried before it is stored."""

    def __init__(self, token: Token) -> None:
        self.token = token

    def load(self) -> Token | None:
        """The token."""
        return self.token

    def save(self, token: Token) -> None:
        """Replace the token."""
        self.token = token


class StoredToken:
    """A person's token in the database, encrypted; only for the client it was given to.

    Whatever the client does with it goes with that client's ID and secret, so a token of another
    is never handed out.
    """

    def __init__(self, context: Context, client: Client, user_id: int) -> None:
        self._context = context
        self._client_id = client.client_id
        self._user_id = user_id
        self._seen: str | None = None
        self._text: str | None = None

    def load(self) -> Token:
        """The token; NotConnected or ReconnectNeeded when there is none that can be used."""
        encrypted = self._read()
        text = self._context.vault.decrypt(encrypted)
        if text is None:
            raise ReconnectNeeded
        self._seen, self._text = encrypted, text
        return Token.from_json(text)

    def save(self, token: Token) -> None:
        """Store a token that Spotify renewed."""
        text = token.to_json()
        encrypted = self._context.vault.encrypt(text)
        self._write(encrypted)
        self._seen, self._text = encrypted, text

    def drop(self) -> None:
        """Forget the token that was read, so that the person is asked to reconnect."""
        self._write(None)

    def _read(self) -> str:
        with self._context.session() as session:
            account = spotify.account(session, self._user_id)
        if account is None:
            raise NotConnected
        if account.token_encrypted is None or account.client_id != self._client_id:
            raise ReconnectNeeded
        return account.token_encrypted

    def _write(self, encrypted: str | None) -> None:
        seen = self._seen
        with self._context.session() as session:
            if not spotify.replace_token(session, self._user_id, seen, encrypted):
                # The same token may have been put under another key meanwhile.
                again = self._stored_again(session)
                spotify.replace_token(session, self._user_id, again, encrypted)
            session.commit()

    def _stored_again(self, session: Session) -> str | None:
        account = spotify.account(session, self._user_id)
        stored = None if account is None else account.token_encrypted
        same = stored is not None and self._context.vault.decrypt(stored) == self._text
        return stored if same else None
