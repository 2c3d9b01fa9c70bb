"""How long people stay signed in, the cookies that it takes, and how far the audit trail goes."""

from typing import Self

from pydantic import Field, model_validator

from ttt.settings.spotify import SpotifySettings


class SessionSettings(SpotifySettings):
    """Sessions, their cookies, and what is remembered of what people do."""

    session_days: int = Field(
        30,
        alias="TTT_SESSION_DAYS",
        ge=1,
        le=365,
        description="Days without a visit after which a sign-in ends.",
    )
    session_max_days: int = Field(
        180,
        alias="TTT_SESSION_MAX_DAYS",
        ge=1,
        le=365,
        description="Days after which a sign-in ends in any case.",
    )
    audit_days: int = Field(
        365,
        alias="TTT_AUDIT_DAYS",
        ge=1,
        le=3650,
        description="Days that the audit trail goes back.",
    )

    @model_validator(mode="after")
    def _visits_end_before_the_sign_in(self) -> Self:
        if self.session_max_days < self.session_days:
            raise ValueError("TTT_SESSION_MAX_DAYS must not be less than TTT_SESSION_DAYS")
        return self

    @property
    def cookie_name(self) -> str:
        """Name of the session cookie; the __Host- prefix ties it to this host and HTTPS."""
        return "__Host-ttt_session" if self.https else "ttt_session"

    @property
    def browser_cookie_name(self) -> str:
        """Name of the cookie by which a browser is known in which somebody signed in before."""
        return "__Host-ttt_browser" if self.https else "ttt_browser"
