"""How outside services stand."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel


class ServiceBlock(SQLModel, table=True):
    """An outside service that asked not to be called before a given time."""

    __tablename__ = "service_block"

    service: str = Field(primary_key=True, max_length=120)
    until: datetime
    quota: bool = False


class ServiceDay(SQLModel, table=True):
    """Requests to a service on one UTC day, and what they brought."""

    __tablename__ = "service_day"

    service: str = Field(primary_key=True, max_length=120)
    day: date = Field(primary_key=True)
    calls: int = 0
    hits: int = 0
    misses: int = 0


class ServiceTrouble(SQLModel, table=True):
    """A service's failures since its last good answer."""

    __tablename__ = "service_trouble"

    service: str = Field(primary_key=True, max_length=120)
    failures: int
    last_error: str = Field(max_length=200)
    last_error_at: datetime
