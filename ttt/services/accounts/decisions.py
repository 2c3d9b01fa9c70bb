"""What an admin decides for everybody while the server runs."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

from ttt.models import ServerSetting
from ttt.services.accounts.trail import record
from ttt.services.context import Context
from ttt.services.person import Person, require_admin
from ttt.store import server_settings

Registration = Literal["closed", "invitation", "open"]
OwnSpotify = Literal["several", "yes", "no"]
"""Whether people may bring client IDs of Spotify's: where there are several people, or always."""
LookAround = Literal["private", "yes", "no"]
"""Whether the demo is beside a real Spotify: where nobody reaches it from elsewhere, or always."""
_YES = "yes"


@dataclass(frozen=True, slots=True)
class Decisions:
    """Who may open an account, what everybody is told, who needs and may bring what."""

    registration: Registration = "invitation"
    banner: str = ""
    admins_need_second_factor: bool = False
    own_spotify: OwnSpotify = "several"
    look_around: LookAround = "private"


def read(context: Context) -> Decisions:
    """What is decided now."""
    with context.session() as session:
        kept = server_settings.every(session)
    default = asdict(Decisions())
    decided = {name: _read(default[name], kept[name]) for name in default if name in kept}
    return Decisions(**(default | decided))


def decide(context: Context, actor: Person, decided: Decisions) -> None:
    """Decide anew, for admins; what changed is recorded."""
    require_admin(context, actor)
    before, after = asdict(read(context)), asdict(decided)
    with context.session() as session:
        for name in before:
            if after[name] != before[name]:
                value = _YES if after[name] is True else str(after[name] or "")
                server_settings.save(
                    session, ServerSetting(name=name, value=value, changed_at=context.now())
                )
                record(context, session, actor, "decided", f"{name.replace('_', ' ')}: {value}")
        session.commit()


def _read(default: Any, value: str) -> Any:
    return value == _YES if isinstance(default, bool) else value
