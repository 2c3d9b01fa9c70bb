import random
import re
from hashlib import sha256
from pathlib import Path
from typing import Literal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.surroundings import environment
from ttt import settings
from ttt.errors import SettingsError
from ttt.settings import PROJECT, Settings, client_id, load
from ttt.settings.secret_key import weakness

# pragma: allowlist nextline secret
KEY = "Zk3vQx81LmWp0RtYbN5sHdJf7GaCu2Ei"
DOCUMENT = PROJECT / "docs" / "settings.md"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory whose .env and .streamlit/secrets.toml are read."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(Settings.model_config, "env_file", ".env")
    monkeypatch.setitem(Settings.model_config, "toml_file", ".streamlit/secrets.toml")
    (tmp_path / ".streamlit").mkdir()
    return tmp_path


def write_dotenv(folder: Path, text: str) -> None:
    (folder / ".env").write_text(text)


def write_toml(folder: Path, text: str) -> None:
    (folder / ".streamlit" / "secrets.toml").write_text(text)


def refusal(**values: object) -> str:
    with pytest.raises(SettingsError) as caught:
        load(**values)
    return str(caught.value)


def test_environment_beats_dotenv_beats_secrets_beats_default(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert load().port == 8501
    write_toml(folder, "TTT_PORT = 1001")
    assert load().port == 1001
    write_dotenv(folder, "TTT_PORT=1002")
    assert load().port == 1002
    monkeypatch.setenv("TTT_PORT", "1003")
    assert load().port == 1003
    assert load(port=1004).port == 1004


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TTT_PORT", "")
    assert load().port == 8501


def test_an_override_of_none_counts_as_not_given() -> None:
    assert load(port=None, host=None) == load()


@pytest.mark.parametrize(
    ("name", "value"), [("HOST", "0.0.0.0"), ("PORT", "1"), ("DATABASE_URL", "sqlite:///x")]
)
def test_variables_of_other_programs_are_not_read(
    name: str, value: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = load()
    monkeypatch.setenv(name, value)
    write_dotenv(folder, f"{name}={value}")
    assert load() == before


def test_foreign_names_in_the_files_are_ignored(folder: Path) -> None:
    write_dotenv(folder, "SOMETHING=else")
    write_toml(folder, "[connections]\nurl = 'x'")
    assert load() == load(port=8501)


def test_broken_toml_is_one_line(folder: Path) -> None:
    write_toml(folder, 'TTT_SECRET_KEY = "hush\n')
    message = refusal()
    assert ".streamlit/secrets.toml" in message
    assert "\n" not in message
    assert "hush" not in message


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load().port = 1


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("TTT_PORT", "abc", "valid integer"),
        ("TTT_PORT", "0", "greater than or equal to 1"),
        ("TTT_PORT", "65536", "less than or equal to 65535"),
        ("TTT_TRUSTED_PROXIES", "-1", "greater than or equal to 0"),
        ("TTT_TRUSTED_PROXIES", "11", "less than or equal to 10"),
        ("TTT_SESSION_DAYS", "0", "greater than or equal to 1"),
        ("TTT_SESSION_DAYS", "366", "less than or equal to 365"),
        ("TTT_SESSION_MAX_DAYS", "29", "must not be less than TTT_SESSION_DAYS"),
        ("TTT_SESSION_MAX_DAYS", "366", "less than or equal to 365"),
        ("TTT_LOG_LEVEL", "LOUD", "'DEBUG'"),
        ("TTT_SPOTIFY_TIMEOUT", "0", "greater than 0"),
        ("TTT_SPOTIFY_TIMEOUT", "61", "less than or equal to 60"),
        ("TTT_DEMO_FAULTS", "perhaps", "valid boolean"),
        ("TTT_DATABASE_URL", "mysql://u:hush@h/d", "sqlite:/// or postgresql://"),
        ("TTT_DATABASE_URL", "sqlite://", "sqlite:/// or postgresql://"),
        ("TTT_MAX_SOCKETS", "0", "greater than or equal to 1"),
        ("TTT_SILENT_SECONDS", "0", "greater than 0"),
        ("TTT_METRICS_NETWORKS", "hush", "networks such as 10.0.0.0/8"),
        ("TTT_DATABASE_DIRECT_URL", "mysql://u:hush@h/d", "must start with postgresql://"),
        ("TTT_DATABASE_DIRECT_URL", "postgresql://u:hush@h/d", "but TTT_DATABASE_URL is SQLite"),
        ("TTT_LOG_FORMAT", "xml", "'text' or 'json'"),
        ("TTT_SECRET_KEY", "hush", "at least 32 characters"),
        ("TTT_PUBLIC_URL", "music.example.org", "http:// or https://"),
        ("TTT_PUBLIC_URL", "ftp://music.example.org", "http:// or https://"),
        ("TTT_PUBLIC_URL", "https://", "http:// or https://"),
        ("TTT_PUBLIC_URL", "https://music.example.org:port", "Port could not be cast"),
        ("TTT_PUBLIC_URL", "https://example.org/music", "answers at the root only"),
        ("TTT_PUBLIC_URL", "https://example.org?a=b", "answers at the root only"),
        ("TTT_PUBLIC_URL", "https://me:hush@example.org", "must name no user"),
        ("TTT_PUBLIC_URL", "https://music .example.org", "no blanks"),
        ("TTT_MUSICBRAINZ_URL", "https://music\u00a0brainz.org", "no blanks"),
        ("TTT_SPOTIFY_API_URL", "api.spotify.com", "http:// or https://"),
        ("TTT_SPOTIFY_ACCOUNTS_URL", "accounts", "http:// or https://"),
        ("SPOTIFY_CLIENT_SECRET", "hush", "SPOTIFY_CLIENT_ID is not"),
        ("SPOTIFY_CLIENT_ID", '"0123456789abcdef0123456789abcdef"', "quotation marks"),
        ("SPOTIFY_CLIENT_ID", "'hush'", "quotation marks"),
        ("SPOTIFY_CLIENT_ID", "“hush”", "quotation marks"),
        ("SPOTIFY_CLIENT_ID", "your-client-id", "is a placeholder"),
        ("SPOTIFY_CLIENT_ID", "YOUR_SPOTIFY_CLIENT_ID", "is a placeholder"),
        ("SPOTIFY_CLIENT_ID", "<client id>", "is a placeholder"),
        ("SPOTIFY_CLIENT_ID", "${SPOTIFY_CLIENT_ID}", "is a placeholder"),
        ("SPOTIFY_CLIENT_ID", "xxxxxxxx", "is a placeholder"),
        ("SPOTIFY_CLIENT_ID", "changeme", "is a placeholder"),
        ("SPOTIFY_CLIENT_ID", "...", "is a placeholder"),
        ("SPOTIFY_CLIENT_ID", "None", "is a placeholder"),
        ("SPOTIFY_CLIENT_ID", "test", "is a placeholder"),
        ("SPOTIFY_CLIENT_ID", "your_client_id_here", "is a placeholder"),
        ("SPOTIFY_CLIENT_ID", "x" * 32, "is a placeholder"),
        ("SPOTIFY_CLIENT_ID", "0" * 32, "is a placeholder"),
        ("SPOTIFY_CLIENT_ID", "0" * 31 + "1", "is a placeholder"),
        ("SPOTIFY_CLIENT_ID", "0123456789abcdef" * 2, "is a placeholder"),
        ("SPOTIFY_CLIENT_ID", "1234567890" * 3 + "12", "is a placeholder"),
        ("SPOTIFY_CLIENT_ID", "abcdefghijklmnopqrstuvwxyz012345", "is a placeholder"),
        ("SPOTIFY_CLIENT_ID", "fedcba9876543210fedcba9876543211", "is a placeholder"),
        ("SPOTIFY_CLIENT_ID", "11112222333344445555666677778888", "is a placeholder"),
        ("SPOTIFY_CLIENT_ID", "deadbeef" * 4, "is a placeholder"),
        ("SPOTIFY_CLIENT_ID", "my_client_id", "more than letters and digits"),
        ("SPOTIFY_CLIENT_SECRET", "x" * 32, "is a placeholder"),
        ("SPOTIFY_CLIENT_ID", "0123 4567", "more than letters and digits"),
        ("SPOTIFY_CLIENT_ID", "https://hush.example", "is a placeholder"),
        ("SPOTIFY_CLIENT_ID", "https://open.spotify.com/hush", "more than letters and digits"),
        ("SPOTIFY_CLIENT_SECRET", '"hush"', "quotation marks"),
        ("SPOTIFY_CLIENT_SECRET", "your-hush", "is a placeholder"),
        ("TTT_FEATURE_PROVIDERS", "reccobeats,hush", "some of spotify,reccobeats,deezer,catalogue"),
        ("TTT_FEATURE_PROVIDERS", "lastfm", "some of spotify,reccobeats,deezer,catalogue"),
        ("TTT_GENRE_PROVIDERS", "off,lastfm", "some of lastfm,musicbrainz,catalogue"),
        ("TTT_POPULARITY_PROVIDERS", ",", "some of spotify,reccobeats,catalogue,deezer,lastfm"),
        ("TTT_RECCOBEATS_URL", "api.reccobeats.com", "http:// or https://"),
        ("TTT_RATES", "reccobeats", "must look like spotify=2,"),
        ("TTT_RATES", "reccobeats=hush", "must look like spotify=2,"),
        ("TTT_RATES", "hush=1", "some of spotify, reccobeats, deezer, lastfm, musicbrainz"),
        ("TTT_RATES", "deezer=0", "above 0 and at most 100"),
        ("TTT_RATES", "deezer=nan", "above 0 and at most 100"),
        ("TTT_DAILY_BUDGETS", "deezer=-1", "whole numbers"),
        ("TTT_DAILY_BUDGETS", "deezer=1.5", "whole numbers"),
        ("TTT_DAILY_BUDGETS", "deezer=inf", "whole numbers"),
    ],
)
def test_a_bad_value_is_one_line_that_names_it_and_keeps_secrets(
    name: str, value: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    message = refusal()
    assert message.startswith(name)
    assert reason in message
    assert "\n" not in message
    assert "hush" not in message


def test_each_bad_value_has_a_line_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TTT_PORT", "abc")
    monkeypatch.setenv("TTT_HOST", "0.0.0.0")
    monkeypatch.setenv("TTT_LOG_LEVEL", "LOUD")
    assert [line.split()[0] for line in refusal().splitlines()] == ["TTT_PORT", "TTT_LOG_LEVEL"]


def test_secrets_are_never_printed() -> None:
    made = load(
        secret_key=KEY,
        spotify_client_id="id",
        spotify_client_secret="hush",
        lastfm_key="hush",
        database_url="postgresql://me:hush@db/ttt",
    )
    for text in (str(made), repr(made), f"{made.secret_key} {made.spotify_client_secret}"):
        assert KEY not in text
        assert "hush" not in text
    assert made.spotify_client_secret.get_secret_value() == "hush"


def test_relative_folders_start_at_the_working_directory(folder: Path) -> None:
    assert load().data_dir == folder / "data"
    assert load(data_dir="~/music").data_dir == Path.home().resolve() / "music"


def test_the_catalogue_is_the_one_of_the_project(folder: Path) -> None:
    assert load().catalogue_file == PROJECT / "data" / "catalogue.csv"


def test_the_database_is_a_file_in_the_data_folder(tmp_path: Path) -> None:
    assert load(data_dir=tmp_path).database == f"sqlite:///{tmp_path}/ttt.sqlite3"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_uses_psycopg(scheme: str) -> None:
    url = f"{scheme}://me:postgres://@db/ttt"
    assert load(database_url=url).database == "postgresql+psycopg://me:postgres://@db/ttt"


def test_a_sqlite_url_is_used_as_it_is() -> None:
    assert load(database_url="sqlite:////tmp/x.db").database == "sqlite:////tmp/x.db"


def test_without_a_client_id_everything_points_to_the_demo() -> None:
    made = load(port=9000)
    assert made.demo
    assert made.client_id == settings.DEMO_CLIENT_ID
    assert made.api_url == "http://127.0.0.1:9000/demo-spotify"
    assert made.token_url == "http://127.0.0.1:9000/demo-spotify/api/token"
    assert made.authorize_url == "http://127.0.0.1:9000/demo-spotify/authorize"
    assert made.redirect_uri == "http://127.0.0.1:9000/spotify"


def test_with_a_client_id_everything_points_to_spotify() -> None:
    made = load(spotify_client_id="id")
    assert not made.demo
    assert made.client_id == "id"
    assert made.api_url == "https://api.spotify.com"
    assert made.token_url == "https://accounts.spotify.com/api/token"
    assert made.authorize_url == "https://accounts.spotify.com/authorize"


@pytest.mark.parametrize("client_id", ["", "id"])
def test_addresses_of_spotify_can_be_set(client_id: str) -> None:
    made = load(
        spotify_client_id=client_id,
        spotify_api_url="http://127.0.0.1:7/api/",
        spotify_accounts_url="http://127.0.0.1:7/accounts/",
    )
    assert made.api_url == "http://127.0.0.1:7/api"
    assert made.token_url == "http://127.0.0.1:7/accounts/api/token"
    assert made.authorize_url == "http://127.0.0.1:7/accounts/authorize"


def test_behind_a_proxy_browsers_and_the_app_reach_the_demo_differently() -> None:
    made = load(public_url="https://music.example.org/", host="0.0.0.0")
    assert made.https
    assert made.base_url == "https://music.example.org"
    assert made.redirect_uri == "https://music.example.org/spotify"
    assert made.authorize_url == "https://music.example.org/demo-spotify/authorize"
    assert made.token_url == "http://127.0.0.1:8501/demo-spotify/api/token"


def test_plain_http_is_not_taken_for_https() -> None:
    assert not load().https


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("0.0.0.0", "127.0.0.1"),
        ("::", "[::1]"),
        ("::1", "[::1]"),
        ("192.0.2.7", "192.0.2.7"),
    ],
)
def test_the_app_reaches_its_own_demo_where_it_listens(host: str, address: str) -> None:
    assert load(host=host).api_url == f"http://{address}:8501/demo-spotify"


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("features", ("spotify", "reccobeats", "deezer", "catalogue")),
        ("popularity", ("spotify", "reccobeats", "catalogue", "deezer", "lastfm")),
        ("genres", ("lastfm", "musicbrainz", "catalogue")),
    ],
)
def test_the_network_is_asked_only_beside_the_real_spotify(
    kind: Literal["features", "popularity", "genres"], names: tuple[str, ...]
) -> None:
    assert load(spotify_client_id="id").providers_of(kind) == names
    assert load().providers_of(kind) == ("catalogue",)


def test_a_list_of_providers_that_is_set_counts_with_the_demo_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TTT_FEATURE_PROVIDERS", " Deezer, catalogue ,deezer")
    monkeypatch.setenv("TTT_GENRE_PROVIDERS", "off")
    assert load().providers_of("features") == ("deezer", "catalogue")
    assert load().providers_of("popularity") == ("catalogue",)
    assert load().providers_of("genres") == ()


def test_a_rate_or_budget_that_is_not_named_keeps_its_default() -> None:
    made = load(rates="deezer=2.5, LastFM = 1", daily_budgets="reccobeats=0")
    assert [made.rate(name) for name in ("deezer", "lastfm", "musicbrainz")] == [2.5, 1.0, 1.0]
    assert [made.daily_budget(name) for name in ("reccobeats", "deezer")] == [0, 20_000]


@pytest.mark.parametrize("bad", ["spotify", "deezer,off", ","])
def test_a_chart_that_does_not_exist_is_refused(bad: str) -> None:
    assert "TTT_CHARTS must be some of deezer,listenbrainz,apple,lastfm" in refusal(TTT_CHARTS=bad)


@pytest.mark.parametrize("bad", ["usa", "u", "1a", "../x"])
def test_a_country_has_two_letters(bad: str) -> None:
    assert "TTT_CHART_COUNTRY" in refusal(TTT_CHART_COUNTRY=bad)
    assert load(chart_country="DE").chart_country == "de"


def test_charts_are_shown_in_the_order_that_is_set() -> None:
    assert load(charts=" LastFM, deezer,lastfm").shown_charts == ("lastfm", "deezer")
    assert load(charts="off", spotify_client_id="x").shown_charts == ()
    assert load().shown_charts == ()
    every = load(spotify_client_id="x").shown_charts
    assert every == ("deezer", "listenbrainz", "apple", "lastfm")


def test_mail_needs_a_sender(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not load().can_mail
    monkeypatch.setenv("TTT_SMTP_HOST", "mail.example.org")
    with pytest.raises(SettingsError, match="TTT_MAIL_FROM is not"):
        load()
    monkeypatch.setenv("TTT_MAIL_FROM", "Music <music@example.org>")
    assert load().can_mail
    for nonsense in ("music", "@example.org", "a@b\nBcc: c@d"):
        monkeypatch.setenv("TTT_MAIL_FROM", nonsense)
        with pytest.raises(SettingsError, match="TTT_MAIL_FROM must be a mail address"):
            load()


def test_a_mail_password_is_never_sent_unencrypted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TTT_SMTP_USER", "me")
    monkeypatch.setenv("TTT_SMTP_PASSWORD", "hush")
    assert "hush" not in repr(load())
    monkeypatch.setenv("TTT_SMTP_SECURITY", "none")
    with pytest.raises(SettingsError, match="unencrypted") as refused:
        load()
    assert "hush" not in str(refused.value)


def test_every_setting_is_documented() -> None:
    rows = [line for line in DOCUMENT.read_text().splitlines() if line.startswith("| `")]
    assert rows == [documented(name) for name in Settings.model_fields]


def test_the_names_are_those_of_the_documentation() -> None:
    named = re.findall(r"^\| `(\w+)`", DOCUMENT.read_text(), flags=re.MULTILINE)
    assert named == environment.names()


def documented(name: str) -> str:
    """Row of docs/settings.md for a field."""
    field = Settings.model_fields[name]
    default = "" if field.default in (None, ()) else str(field.default)
    if name == "catalogue_file":
        default = str(field.default.relative_to(PROJECT))
    if isinstance(field.default, bool):
        default = default.lower()
    hidden = "SecretStr" in repr(field.annotation)
    shown = "not set" if hidden or not default else f"`{default}`"
    return f"| `{field.alias}` | {shown} | {field.description} |"


def test_an_openid_provider_needs_both_issuer_and_client_id() -> None:
    assert not load().openid
    assert load(openid_issuer="https://id.example.org/", openid_client_id="ttt").openid
    for half in ({"openid_issuer": "https://id.example.org"}, {"openid_client_id": "ttt"}):
        assert "TTT_OPENID_CLIENT_ID" in refusal(**half)


@pytest.mark.parametrize("name", ["openid_client_id", "openid_client_secret"])
@pytest.mark.parametrize("value", ["schlüssel", "two\nlines"])
def test_what_no_provider_gives_out_is_refused_and_not_repeated(name: str, value: str) -> None:
    said = refusal(openid_issuer="https://id.example.org", **{"openid_client_id": "a", name: value})
    assert "ASCII" in said
    assert value not in said


@pytest.mark.parametrize("domains", ["ada@example.org", "example"])
def test_what_is_no_mail_domain_is_refused(domains: str) -> None:
    assert load(openid_domains=" Example.ORG, ").openid_domains == "example.org"
    assert "openid_domains" in refusal(openid_domains=domains)


@pytest.mark.parametrize(
    ("secret", "reason"),
    [
        ("hush", "at least 32 characters"),
        ("changeme-changeme-changeme-changeme", "placeholder"),
        ("Change_Me_please_Change_Me_please_1", "placeholder"),
        ("secret-key-of-the-example-in-the-docs", "placeholder"),
        ("k" * 40, "guess"),
        # pragma: allowlist nextline secret
        ("0123456789abcdef0123456789abcdef", "guess"),
        ("abcdefghijklmnopqrstuvwxyz012345", "guess"),
        ("ab12cd" * 8, "guess"),
    ],
)
def test_what_is_no_secret_is_refused(
    secret: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TTT_SECRET_KEY", secret)
    message = refusal()
    assert message.startswith("TTT_SECRET_KEY")
    assert reason in message
    assert secret not in message


@pytest.mark.parametrize("bits", [128, 256, 384])
def test_what_is_random_is_a_secret(bits: int) -> None:
    assert weakness(random.Random(bits).randbytes(bits // 8).hex()) is None


def test_former_keys_are_read_however_bad_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TTT_SECRET_KEY", KEY)
    monkeypatch.setenv("TTT_SECRET_KEY_OLD", "changeme, other")
    assert load().secret_keys == (KEY, "changeme", "other")


def test_a_former_key_needs_a_present_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TTT_SECRET_KEY_OLD", KEY)
    message = refusal()
    assert "TTT_SECRET_KEY_OLD" in message
    assert KEY not in message


@pytest.mark.parametrize("client_id", [sha256(b"app").hexdigest()[:32], "client", " id\n"])
def test_a_client_id_may_have_blanks_round_it_and_any_letters(client_id: str) -> None:
    assert load(spotify_client_id=client_id).client_id == client_id.strip()


@given(st.uuids(version=4))
def test_whatever_spotify_draws_at_random_is_no_placeholder(drawn: UUID) -> None:
    assert client_id.trouble(drawn.hex) is None


def test_metrics_are_closed_until_somebody_opens_them() -> None:
    assert not load().metrics
    assert load(metrics_token="long enough").metrics
    assert load(metrics_networks="127.0.0.1, 10.0.0.0/8").metrics
    assert [str(n) for n in load(metrics_networks="127.0.0.1,fd00::/8").metrics_networks] == [
        "127.0.0.1/32",
        "fd00::/8",
    ]


def test_work_and_locks_go_round_a_pooler_where_there_is_one() -> None:
    pooled = load(
        database_url="postgresql://me@pooler/ttt", database_direct_url="postgres://me@db/ttt"
    )
    assert pooled.direct_database == pooled.jobs_database == "postgresql+psycopg://me@db/ttt"
    assert pooled.database == "postgresql+psycopg://me@pooler/ttt"
    assert load(database_url="postgresql://me@db/ttt").direct_database.endswith("@db/ttt")
