"""What every record of a file is, and what its fields can hold.

Times have a zone; a field that is not known is null. The bounds are for files that come back.
"""

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

NO_NUL = r"^[^\x00]*$"  # PostgreSQL takes none
Text = Annotated[str, StringConstraints(max_length=1000, pattern=NO_NUL)]
# A database cannot put every time into UTC: not those of the first and the last day.
_FIRST, _LAST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
At = Annotated[AwareDatetime, Field(ge=_FIRST, le=_LAST)]


class Record(BaseModel):
    """A record that holds nothing but its fields."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


def fields(model: type[Record], row: object, **said: Any) -> dict[str, Any]:
    """The fields of a kind: what is `said`, and else the row's column of the same name."""
    return {name: said[name] if name in said else getattr(row, name) for name in model.model_fields}
