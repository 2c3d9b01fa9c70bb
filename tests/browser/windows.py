"""Windows of Chromium that one test after another gets, each time as if it were new.

What stays are the app's files, and the process that has read them: the first page of a window that
has neither takes twice the processor time.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from playwright.sync_api import BrowserContext, Error

_KEPT = 6
_SIZE = {"width": 1280, "height": 720}
# Whoever calls one of these changes a window for good.
_LASTING = (
    *("add_init_script", "add_locator_handler", "expose_binding", "expose_function"),
    *("grant_permissions", "new_cdp_session", "on", "once", "route", "route_from_har"),
    *("route_web_socket", "set_default_navigation_timeout", "set_default_timeout"),
    *("set_extra_http_headers", "set_geolocation", "set_offline"),
    *("fast_forward", "install", "pause_at", "run_for", "set_fixed_time", "set_system_time"),
)
# Of the app, and without a script. At `about:blank` the process would end: pages that say that they
# are to be alone get one of their own.
_EMPTY = "/healthz"
_FORGET = "() => { sessionStorage.clear(); window.name = ''; return origin }"


class Kind(NamedTuple):
    """What a window is made for; each of its pages runs the script first."""

    url: str
    elsewhere: str = ""
    charts: bool = True
    script: str = ""
    options: dict[str, Any] = {}  # noqa: RUF012


class Window:
    """A context with its page, and what goes wrong in it."""

    def __init__(self, context: BrowserContext, kind: Kind, complaints: list[str]) -> None:
        self.context, self.kind, self.complaints = context, kind, complaints
        self.page = context.new_page()
        self.changed = False
        self._chromium = context.new_cdp_session(self.page)
        self._note_changes()

    def clear(self) -> None:
        """Make it forget whatever was done in it."""
        for other in self.context.pages[1:]:
            other.close()
        self.page.goto(_EMPTY)
        origin = self.page.evaluate(_FORGET)
        kept = {"origin": origin, "storageTypes": "all"}
        self._chromium.send("Storage.clearDataForOrigin", kept)
        self._chromium.send("Page.resetNavigationHistory")
        self.context.clear_cookies()
        self._look_as_before()

    def _look_as_before(self) -> None:
        options = self.kind.options
        self.page.mouse.move(0, 0)
        self.page.set_viewport_size(options.get("viewport", _SIZE))
        self.page.emulate_media(
            media="null",
            color_scheme=options.get("color_scheme", "light"),
            reduced_motion=options.get("reduced_motion", "no-preference"),
            forced_colors=options.get("forced_colors", "none"),
        )

    def _note_changes(self) -> None:
        for place in (self.page, self.context, self.page.clock):
            for name in _LASTING:
                if hasattr(place, name):
                    setattr(place, name, self._noted(getattr(place, name)))

    def _noted(self, act: Callable[..., Any]) -> Callable[..., Any]:
        def noting(*arguments: Any, **named: Any) -> Any:
            self.changed = True
            return act(*arguments, **named)

        return noting


class Windows:
    """Those that no test has at the moment."""

    def __init__(self) -> None:
        self._free: list[Window] = []

    def take(self, kind: Kind) -> Window | None:
        """One that was made for the same."""
        for window in self._free:
            if window.kind == kind:
                self._free.remove(window)
                return window
        return None

    def give_back(self, window: Window) -> list[str]:
        """Keep one for the next test, if it can be cleared; return what went wrong in it."""
        try:
            if not window.changed:
                window.clear()
        except Error:  # its server may have ended, its page may be closed
            window.changed = True
        if window.changed:
            window.context.close()
        else:
            self._free.append(window)
        self._close_all_but(_KEPT)
        complaints = window.complaints[:]
        window.complaints.clear()
        return complaints

    def close(self) -> None:
        """Close them all."""
        self._close_all_but(0)

    def _close_all_but(self, kept: int) -> None:
        while len(self._free) > kept:
            self._free.pop(0).context.close()
