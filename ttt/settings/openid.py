"""Which OpenID provider people may sign in by, and whom it may bring."""

from typing import Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator

from ttt.settings.address import HttpAddress
from ttt.settings.charts import ChartSettings


class OpenIdSettings(ChartSettings):
    """Sign-in by an OpenID provider."""

    openid_issuer: HttpAddress = Field(
        "",
        alias="TTT_OPENID_ISSUER",
        description="Issuer of an OpenID provider to sign in by; without one there is none.",
    )
    openid_client_id: str = Field(
        "", alias="TTT_OPENID_CLIENT_ID", description="Client ID that the provider gave this app."
    )
    openid_client_secret: SecretStr = Field(
        SecretStr(""),
        alias="TTT_OPENID_CLIENT_SECRET",
        description="Client secret that the provider gave this app;"
        " without one PKCE alone is used.",
    )
    openid_name: str = Field(
        "OpenID",
        alias="TTT_OPENID_NAME",
        max_length=40,
        description="Name of the provider on the sign-in page.",
    )
    openid_accounts: Literal["bound", "create"] = Field(
        "bound",
        alias="TTT_OPENID_ACCOUNTS",
        description="Who may sign in by it: accounts that were linked on the Account page,"
        " or newcomers too, for whom an account is made.",
    )
    openid_domains: str = Field(
        "",
        alias="TTT_OPENID_DOMAINS",
        description="Mail domains of newcomers, separated by commas; empty means any.",
    )

    @field_validator("openid_client_id", "openid_client_secret")
    @classmethod
    def _printable(cls, value: str | SecretStr) -> str | SecretStr:
        text = value if isinstance(value, str) else value.get_secret_value()
        if not (text.isascii() and text.isprintable()):  # RFC 6749, appendix A
            raise ValueError("must consist of ASCII characters that can be printed")
        return value

    @field_validator("openid_domains")
    @classmethod
    def _plain_domains(cls, value: str) -> str:
        names = [name.strip().lower() for name in value.split(",") if name.strip()]
        if any("@" in name or "." not in name for name in names):
            raise ValueError("must be domains such as example.org, separated by commas")
        return ",".join(names)

    @model_validator(mode="after")
    def _issuer_needs_id(self) -> Self:
        if bool(self.openid_issuer) != bool(self.openid_client_id):
            raise ValueError("TTT_OPENID_ISSUER and TTT_OPENID_CLIENT_ID are set together")
        return self

    @property
    def openid(self) -> bool:
        """Whether people may sign in by an OpenID provider."""
        return bool(self.openid_issuer)

    @property
    def openid_redirect_uri(self) -> str:
        """Where the provider sends people back to."""
        return f"{self.base_url}/auth/openid/callback"

    @property
    def openid_cookie_name(self) -> str:
        """Name of the cookie that ties a sign-in on its way to one browser."""
        return "__Host-ttt_openid" if self.https else "ttt_openid"
