"""Parts of Spotify's answers, read so that an odd field costs that field and nothing else.

Early in 2024 whole numbers came as floats for weeks; null, absent and wrongly typed fields come
at all times. A required field is one without which the part is of no use.
"""

from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    field_validator,
)

from ttt.errors import UnexpectedAnswer
from ttt.text import cleaned

_EXACT = 2**53  # from here on floats leave out whole numbers
_LARGEST = 2**31 - 1  # what the database keeps

Count = Annotated[int, Field(ge=0, le=_LARGEST)]
# Longer ones are no names, and would fill pages.
Name = Annotated[str, AfterValidator(lambda name: name[:1_000])]
Milliseconds = Annotated[int, Field(gt=0, le=_LARGEST)]


class Part(BaseModel):
    """A part of an answer; only the fields that are used are looked at."""

    model_config = ConfigDict(strict=True, allow_inf_nan=False, hide_input_in_errors=True)

    @field_validator("*", mode="wrap")
    @classmethod
    def _as_far_as_usable(
        cls, value: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo
    ) -> Any:
        try:
            return handler(plain(value))
        except ValidationError:
            field = cls.model_fields[info.field_name or ""]
            if field.is_required():
                raise
            return field.get_default(call_default_factory=True)


_P = TypeVar("_P", bound=Part)
_T = TypeVar("_T")


def plain(value: object) -> object:
    """A value as it can be kept: a whole float is a whole number, text is what can be stored."""
    if isinstance(value, str):
        # PostgreSQL stores neither NUL nor halves of surrogate pairs, terminals obey the rest.
        return cleaned(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return int(value)
    return value


def _or_none(value: Any, handler: ValidatorFunctionWrapHandler) -> Any:
    try:
        return handler(value)
    except ValidationError:
        return None


# In a list, what cannot be used is None and the rest stays.
Usable = Annotated[_T | None, WrapValidator(_or_none)]


def read(model: type[_P], answer: object) -> _P:
    """Read an answer as what it should be; UnexpectedAnswer when it is not."""
    try:
        return model.model_validate(answer)
    except ValidationError:
        raise UnexpectedAnswer("api") from None


def usable(model: type[_P], said: object) -> _P | None:
    """Read a part of an answer, None when it is of no use."""
    try:
        return model.model_validate(said)
    except ValidationError:
        return None
