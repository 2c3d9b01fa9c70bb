"""Addresses of services."""

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator


def _http_address(value: str) -> str:
    parts = urlsplit(value)
    if value and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.port == 0):
        raise ValueError("must be an address that starts with http:// or https://")
    if any(map(str.isspace, value)):
        raise ValueError("must have no blanks in it")
    return value.rstrip("/")


HttpAddress = Annotated[str, AfterValidator(_http_address)]
