"""How the demo listeners live: since when they listen, where, when, how much, and when not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Home:
    """Where somebody lives since a Monday, with the country of the address."""

    since: date
    zone: str
    country: str


@dataclass(frozen=True)
class Device:
    """Something to listen on, as Spotify's files name its platform."""

    platform: str
    weight: float
    hours: tuple[int, int] = (0, 24)


@dataclass(frozen=True, eq=False)
class Life:
    """The life round the music: plays a day, peaks of the day (hour: weight), devices, silences.

    `holidays` are spans of a year, by month and day, in which days are long and often offline;
    `silences` are times without any play.
    """

    homes: tuple[Home, ...]
    plays_a_day: float
    workday: Mapping[int, float]
    free_day: Mapping[int, float]
    devices: tuple[Device, ...]
    silences: tuple[tuple[date, date], ...]
    weekend: float = 1.0
    skips: float = 0.12
    holidays: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = field(
        default=(((7, 28), (8, 14)), ((12, 23), (12, 31)))
    )

    @property
    def joined(self) -> date:
        """The day of the first play."""
        return self.homes[0].since


_PHONE = "ios"
_OLD_PHONE = "Android OS 7.0 API 24 (samsung, SM-G930F)"
_WEB = "web_player windows 10;chrome 118.0.0.0;desktop"
_TV = "Partner android_tv Sony;BRAVIA 4K UR2"
_SPEAKER = "Partner google cast_tv;Chromecast;;"

LIVES: Mapping[str, Life] = {
    "ada": Life(
        homes=(
            Home(date(2016, 9, 5), "Europe/Berlin", "DE"),
            Home(date(2021, 8, 30), "America/New_York", "US"),
            Home(date(2023, 10, 2), "Europe/Berlin", "DE"),
        ),
        plays_a_day=15,
        workday={8: 5, 9: 2, 12: 1, 17: 4, 18: 5, 21: 2},
        free_day={11: 3, 15: 4, 19: 5, 23: 4, 1: 1},
        devices=(Device(_PHONE, 6), Device("osx", 3, (9, 18)), Device(_WEB, 1, (9, 18))),
        silences=((date(2019, 3, 4), date(2019, 4, 11)),),
        weekend=1.2,
    ),
    "ben": Life(
        homes=(
            Home(date(2016, 5, 16), "America/Chicago", "US"),
            Home(date(2020, 6, 1), "America/Los_Angeles", "US"),
        ),
        plays_a_day=8,
        workday={6: 4, 7: 3, 19: 4, 20: 3},
        free_day={9: 4, 10: 3, 14: 3, 20: 3},
        devices=(Device("android", 5), Device(_SPEAKER, 4, (17, 24)), Device(_TV, 1, (18, 24))),
        silences=((date(2022, 11, 7), date(2023, 1, 3)),),
        weekend=1.5,
        skips=0.06,
    ),
    "chiara": Life(
        homes=(
            Home(date(2016, 10, 3), "Europe/Rome", "IT"),
            Home(date(2022, 2, 28), "Europe/London", "GB"),
        ),
        plays_a_day=21,
        workday={9: 4, 10: 5, 11: 4, 14: 5, 15: 4, 16: 3, 22: 2},
        free_day={13: 2, 18: 4, 21: 5, 23: 5, 0: 4, 2: 2},
        devices=(Device("windows", 6, (9, 18)), Device(_PHONE, 4), Device(_SPEAKER, 2, (18, 24))),
        silences=((date(2018, 6, 11), date(2018, 7, 5)),),
        weekend=0.8,
        skips=0.15,
    ),
    "deniz": Life(
        homes=(
            Home(date(2016, 3, 7), "Europe/Istanbul", "TR"),
            Home(date(2019, 9, 2), "Europe/Amsterdam", "NL"),
        ),
        plays_a_day=13,
        workday={8: 3, 13: 2, 18: 4, 22: 5, 23: 4, 0: 2},
        free_day={12: 3, 16: 3, 22: 5, 0: 5, 1: 3},
        devices=(Device("android", 7), Device("windows", 2, (19, 24)), Device("playstation", 1)),
        silences=((date(2024, 1, 15), date(2024, 2, 19)),),
        weekend=1.1,
        skips=0.2,
    ),
    "emi": Life(
        homes=(
            Home(date(2016, 11, 14), "Asia/Tokyo", "JP"),
            Home(date(2020, 2, 3), "Europe/Berlin", "DE"),
        ),
        plays_a_day=11,
        workday={7: 4, 8: 3, 16: 3, 17: 4, 20: 3},
        free_day={10: 2, 14: 4, 17: 4, 21: 3},
        devices=(Device(_PHONE, 6), Device(_OLD_PHONE, 1), Device("linux", 3, (16, 24))),
        silences=((date(2017, 8, 7), date(2017, 9, 1)),),
        weekend=1.3,
        skips=0.18,
    ),
}
