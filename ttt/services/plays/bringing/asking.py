"""What an import asks before it goes on, and what is in its file to choose from."""

from ttt.providers import history_files
from ttt.providers.history_files import Column, Guess, HistoryFile, Order
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays.bringing import importing, uploads
from ttt.services.plays.bringing.importing import Asked

__all__ = ["Asked", "Column", "Guess", "Order", "folders", "table"]


def folders(context: Context, person: Person, upload_id: int) -> tuple[str, ...]:
    """The folders of a zip that holds several people's histories. Raises HistoryRefused."""
    return tuple(importing.in_file(context, person, upload_id).folders)


def table(context: Context, person: Person, upload_id: int) -> Guess:
    """The first rows of a table and what its columns seem to be. Raises HistoryRefused."""
    upload = uploads.find(context, person, upload_id)
    file = HistoryFile(upload.name, uploads.opened(context, upload))
    return history_files.guess_columns(file)
