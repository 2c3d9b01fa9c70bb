"""What a track was played on and how it ended, out of the words of Spotify's export."""

from functools import lru_cache

from ttt.plays import Device, How

_DEVICES = (
    (Device.WEB, ("web_player", "web player")),
    (Device.CONSOLE, ("playstation", "ps3", "ps4", "ps5", "xbox")),
    (Device.CAR, ("android_auto", "android auto", "carplay", "car_", "automotive", "tesla")),
    (Device.SPEAKER, ("sonos", "echo", "alexa", "google home", "homepod", "speaker", "bose")),
    (
        Device.TV,
        ("_tv", " tv", "tizen", "webos", "roku", "chromecast", "google cast", "fire", "cast;"),
    ),
    (Device.PHONE, ("ios", "iphone", "ipad", "android", "windows phone", "phone")),
    (Device.DESKTOP, ("windows", "osx", "os x", "macos", "linux", "desktop")),
)
_BY_LISTENER = {
    *("fwdbtn", "backbtn", "clickrow", "clickside", "endplay", "playbtn", "remote", "logout"),
    "popup",
}
_LONGEST = 400


def device(platform: str | None) -> int:
    """The Device behind a platform such as "ios" or "Partner google cast;Google;Chromecast;"."""
    return _device(platform[:_LONGEST]) if platform else 0


@lru_cache(maxsize=512)
def _device(platform: str) -> int:
    words = platform.lower()
    named = (one.value for one in Device if words == one.name.lower())
    told = (kind.value for kind, parts in _DEVICES if any(part in words for part in parts))
    return next(named, next(told, 0))


def ending(reason: str | None) -> int:
    """The bit of How for a `reason_end`, 0 where there is none."""
    if not reason:
        return 0
    if reason == "trackdone":
        return int(How.ENDED_BY_ITSELF)
    return int(How.ENDED_BY_LISTENER if reason in _BY_LISTENER else How.ENDED_OTHERWISE)
