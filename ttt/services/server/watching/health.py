"""Whether everything that the app stands on is there, in words."""

from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from ttt.errors import SettingsError, StoreError
from ttt.providers.values.catalogue import Catalogue
from ttt.services.context import Context
from ttt.services.keys import private_files
from ttt.services.server import marker, rotation
from ttt.services.server.backups import backups
from ttt.services.server.watching import at_spotify, descriptors
from ttt.services.server.watching.at_spotify import Finding, spotify_app
from ttt.services.values import standing
from ttt.settings import Settings
from ttt.store import migrate
from ttt.words import counted

__all__ = ["Finding", "check", "database_ready", "spotify_app"]


def database_ready(context: Context) -> bool:
    """Whether the database answers and has all migrations."""
    try:
        return migrate.revision(context.engine) == migrate.newest()
    except (SQLAlchemyError, StoreError):
        return False


def check(context: Context) -> list[Finding]:
    """Look at settings, database, catalogue, sources and Spotify; asks Spotify over the network."""
    settings = context.settings
    return [
        *_address(context),
        _secret_key(context),
        *_private_files(settings),
        _database(context),
        *_folder(context),
        *_backups(context),
        *_limits(settings),
        _catalogue(settings),
        *_sources(context),
        *at_spotify.findings(context, ready=database_ready(context)),
    ]


def _address(context: Context) -> list[Finding]:
    settings = context.settings
    words = f"The app listens on {settings.host}, port {settings.port}, for {settings.base_url}."
    findings = [Finding(True, words)]
    if settings.on_every_address and not settings.public_url:
        todo = "set TTT_PUBLIC_URL to the address that people type."
        findings.append(Finding(False, f"Other machines are let in by no name: {todo}"))
    real = at_spotify.served(context, ready=database_ready(context))
    if real and not settings.redirect_allowed:
        todo = "set TTT_PUBLIC_URL to an https:// address, or to http://127.0.0.1 with the port."
        findings.append(
            Finding(False, f"Spotify refuses to redirect to {settings.base_url}: {todo}")
        )
    return findings


def _secret_key(context: Context) -> Finding:
    file = context.vault.file
    where = "comes from TTT_SECRET_KEY" if file is None else f"is kept in {file.path}"
    if not context.vault.rotating or not database_ready(context):
        return Finding(True, f"The secret key {where}.")
    left = rotation.left(context)
    if left or file is not None:
        some = counted(left, "secret is", "secrets are")
        todo = "run python -m ttt secret rotate."
        return Finding(False, f"The secret key {where}; {some} still under a former one: {todo}")
    return Finding(True, f"The secret key {where}; nothing needs TTT_SECRET_KEY_OLD any more.")


def _private_files(settings: Settings) -> list[Finding]:
    paths = private_files.exposed(settings)
    if not paths:
        return [Finding(True, "Nobody else on this machine can read the key or the database.")]
    return [
        Finding(False, f"Others can read {path}: run {private_files.todo([path])}")
        for path in paths
    ]


def _database(context: Context) -> Finding:
    name = make_url(context.settings.database).render_as_string(hide_password=True)
    try:
        revision = migrate.revision(context.engine)
    except (SQLAlchemyError, StoreError) as error:
        reason = str(error.__cause__ or error).partition("\n")[0]
        return Finding(
            False, f"The database {name} cannot be used ({reason}): check TTT_DATABASE_URL."
        )
    if revision is None:
        return Finding(True, f"The database {name} is empty; the first start sets it up.")
    if revision != migrate.newest():
        todo = "run python -m ttt db upgrade, with the newest version of the app."
        return Finding(False, f"The database {name} is at migration {revision}: {todo}")
    return Finding(True, f"The database {name} answers and has all migrations.")


def _folder(context: Context) -> list[Finding]:
    """With SQLite, database and mark are lost together: `db backup` is the answer to that."""
    if not database_ready(context) or not marker.is_another(context):
        return []
    todo = "mount the folder of before, or delete nothing and ask who moved it."
    words = f"{context.settings.data_dir} is not the data folder that this database knows"
    return [Finding(False, f"{words}: {todo}")]


def _backups(context: Context) -> list[Finding]:
    if not context.settings.backup_dir:
        return []
    if trouble := backups.trouble(context):
        todo = "run python -m ttt db backup with that folder, and look at the jobs."
        return [Finding(False, f"Backups: {trouble}: {todo}")]
    return [Finding(True, f"The newest copy in {context.settings.backup_dir} is whole.")]


def _limits(settings: Settings) -> list[Finding]:
    limit = descriptors.raise_limit()
    words = f"This process may open {limit:,} files: {descriptors.tabs(settings):,} tabs at once."
    if not descriptors.is_low(limit):
        return [Finding(True, words)]
    todo = "raise the hard limit (LimitNOFILE= in systemd, ulimit -Hn elsewhere)."
    return [Finding(False, f"{words} That is little: {todo}")]


def _catalogue(settings: Settings) -> Finding:
    try:
        count = len(Catalogue.load(settings.catalogue_file))
    except SettingsError as error:
        return Finding(False, f"{error}: get the file again, or correct the setting.")
    return Finding(True, f"The catalogue holds {counted(count, 'track')}.")


def _sources(context: Context) -> list[Finding]:
    """None is a problem: each comes and goes, and the app does without."""
    if not database_ready(context) or not _catalogue(context.settings).ok:
        return []
    return [Finding(True, standing.in_words(one)) for one in standing.standings(context)]
