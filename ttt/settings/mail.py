"""The mail server that brings links to people."""

from email.utils import parseaddr
from typing import Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator

from ttt.settings.openid import OpenIdSettings


class MailSettings(OpenIdSettings):
    """Outgoing mail."""

    smtp_host: str = Field(
        "",
        alias="TTT_SMTP_HOST",
        description="Mail server; without one no mail is sent, and admins hand out links.",
    )
    smtp_port: int = Field(
        587, alias="TTT_SMTP_PORT", ge=1, le=65535, description="Port of the mail server."
    )
    smtp_user: str = Field(
        "", alias="TTT_SMTP_USER", description="Name to sign in with at the mail server, if any."
    )
    smtp_password: SecretStr = Field(
        SecretStr(""),
        alias="TTT_SMTP_PASSWORD",
        description="Password to sign in with at the mail server.",
    )
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        "starttls",
        alias="TTT_SMTP_SECURITY",
        description="How the way to the mail server is encrypted: starttls, tls (port 465) or"
        " none (on this machine only).",
    )
    mail_from: str = Field(
        "",
        alias="TTT_MAIL_FROM",
        description="Sender of mails, such as Music <music@example.org>.",
    )

    @field_validator("mail_from")
    @classmethod
    def _an_address(cls, value: str) -> str:
        name, at, host = parseaddr(value)[1].rpartition("@")
        if value and not (name and at and host and value.isprintable()):
            raise ValueError("must be a mail address, such as Music <music@example.org>")
        return value

    @model_validator(mode="after")
    def _mail_needs_a_sender(self) -> Self:
        if self.smtp_host and not self.mail_from:
            raise ValueError("TTT_SMTP_HOST is set but TTT_MAIL_FROM is not")
        if self.smtp_user and self.smtp_security == "none":
            raise ValueError("TTT_SMTP_PASSWORD would go unencrypted: set TTT_SMTP_SECURITY")
        return self

    @property
    def can_mail(self) -> bool:
        """Whether there is a mail server."""
        return bool(self.smtp_host)
