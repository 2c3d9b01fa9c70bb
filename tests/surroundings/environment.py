"""What the settings read of the environment."""

from ttt.settings import Settings


def names() -> list[str]:
    """Every environment variable that is read, in the order of the documentation."""
    return [str(field.alias) for field in Settings.model_fields.values()]
