"""The key of the demo Spotify's tokens, which has to outlive a change of the secret key."""

import base64

from ttt.models import ServerSetting
from ttt.services.context import Context
from ttt.store import server_settings
from ttt.store.encrypted import DEMO_KEY


def read(context: Context) -> bytes:
    """The key, the same in all processes; kept encrypted from the first time on."""
    with context.session() as session:
        kept = server_settings.find(session, DEMO_KEY)
        text = None if kept is None else context.vault.decrypt(kept)
        if text is not None:
            return base64.b64decode(text)
        # Processes that ask for the first time together come to the same.
        key = context.vault.derived_key("demo Spotify")
        encrypted = context.vault.encrypt(base64.b64encode(key).decode())
        server_settings.save(
            session, ServerSetting(name=DEMO_KEY, value=encrypted, changed_at=context.now())
        )
        session.commit()
    return key
