"""What whoever runs the server has said: a TOML file, and over it the environment (``HUOKU_*``).

A secret may stand in a file of its own: ``HUOKU_SECRET_KEY_FILE=/run/secrets/key`` instead of ``HUOKU_SECRET_KEY``.
"""

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from huoku.errors import UsageError
from huoku.language import Sentence

CONFIG = "huoku.toml"
"""The file's name in the data folder; ``HUOKU_CONFIG`` names another."""

NO_FILE = Sentence("{where}：没有这个文件", "{where}: there is no such file")
NO_TOML = Sentence("{where}：不是 TOML：{fault}", "{where}: this is no TOML: {fault}")
NO_SETTING = Sentence("{where}：没有设置项 {name}；有 {known}", "{where}: unknown setting {name}; known are {known}")
NOT_READ = Sentence("{where}：读不了（{reason}）", "{where}: cannot be read ({reason})")
NO_BOOLEAN = Sentence("{where}={value}：应为 true 或 false", "{where}={value}: true or false is wanted")
NO_NUMBER = Sentence("{where}={value}：应为从 0 起的整数", "{where}={value}: a whole number from 0 is wanted")

NO_TEXT = Sentence(
    '{where}={value}：应为文本，多个值的写成 ["甲", "乙"]', "{where}={value}: text is wanted, of several a list"
)
NOT_SO = Sentence("{name}={value}：应为{zh}", "{name}={value}: {en} is wanted")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
SPOKEN = ("zh-hans", "zh-hant", "en")


def _is_zone(name: object) -> bool:
    try:
        return bool(ZoneInfo(str(name)).key)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


WANTED: Mapping[str, tuple[Callable[[Any], bool], Sentence]] = {
    "timezone": (_is_zone, Sentence("时区名，如 Asia/Shanghai", "a time zone such as Asia/Shanghai")),
    "language": (lambda said: said in SPOKEN, Sentence(" " + "、".join(SPOKEN), f"one of {', '.join(SPOKEN)}")),
    "log_level": (
        lambda said: said in LOG_LEVELS,
        Sentence(" " + "、".join(LOG_LEVELS), f"one of {', '.join(LOG_LEVELS)}"),
    ),
    "prefix": (
        lambda said: re.fullmatch(r"/?([\w.~-]+/?)*", said, re.ASCII) is not None,
        Sentence("一段路径，如 /huoku", "a path such as /huoku"),
    ),
    "session_minutes": (lambda said: said > 0, Sentence("从 1 起的整数", "a whole number from 1")),
    "calls_per_minute": (lambda said: said > 0, Sentence("从 1 起的整数", "a whole number from 1")),
    "exports_per_minute": (lambda said: said > 0, Sentence("从 1 起的整数", "a whole number from 1")),
    "breached_passwords": (
        lambda said: not said or Path(said).is_file(),
        Sentence("已有的文件", "a file that is there"),
    ),
}
"""Settings that cannot be anything of their kind: whether one is right, and what would be."""

TRUE, FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off")


@dataclass(frozen=True, slots=True)
class Given:
    """One field a setting; the TOML file calls it as here, the environment ``HUOKU_`` and its name in capitals."""

    data: Path = Path("huoku-data")
    """The folder of everything that is kept: database, files, plan runs, backups."""
    database: str = ""
    """``sqlite:////absolute/file`` or ``postgresql://user:password@host:port/name``; empty: SQLite in ``data``."""
    secret_key: str = ""
    """Signs sessions and links. `huoku init` writes one into the data folder."""
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    """The names under which browsers reach this server."""
    prefix: str = ""
    """The path under which a proxy serves it, such as ``/huoku``."""
    https: bool = False
    """Whether browsers reach it by https only: here or at the proxy in front."""
    proxies: int = 0
    """How many proxies stand in front and add their line to ``X-Forwarded-For``."""
    language: str = "zh-hans"
    timezone: str = "Asia/Shanghai"
    log_level: str = "INFO"
    metrics_token: str = ""
    """Lets a Prometheus on another machine read ``/metrics``; without one, only this machine may."""
    oidc_name: str = ""
    """Another system that people sign in with (OpenID Connect): how its button is called, such as ``Keycloak``."""
    oidc_server: str = ""
    """Its address, under which ``.well-known/openid-configuration`` lies."""
    oidc_client: str = ""
    oidc_secret: str = ""
    oidc_two_factors: tuple[str, ...] = ()
    """What it says (``acr`` or ``amr``, such as ``mfa``) where it has asked for two factors. Without it, it counts as
    one."""
    seal_file: str = ""
    """A file elsewhere (another machine's disk) that every minute gets the digest of all records as a new line."""
    second_factor_for: tuple[str, ...] = ()
    """Roles that get in only with a second factor (a code or a passkey), such as ``owner,admin``."""
    session_minutes: int = 12 * 60
    """So long after signing in one has to sign in again, whatever one does."""
    session_idle_minutes: int = 60
    """And so long after one last did anything; 0: never for that."""
    calls_per_minute: int = 300
    """So many calls of the interface a user or token may make in one worker process."""
    exports_per_minute: int = 30
    """And so many whole lists as files."""
    breached_passwords: str = ""
    """A file of SHA-1 digests of passwords that have become known, one a line in their order (the form in which Have I
    Been Pwned gives them out); without it, the 20,000 most frequent of them are refused."""
    extensions: tuple[str, ...] = ()
    """Python packages with checks, approvals and deduction rules of one's own, installed beside huoku or lying in the
    data folder's ``extensions`` (docs/guide/extending.md)."""
    virus_scanner: str = ""
    """A command that looks into each file that is brought, such as ``clamdscan --fdpass``: the file's path is added to
    it; it ends with 0 where nothing was found, with 1 where something was. Any other end: the file is not taken."""
    public_address: str = ""
    """Under which people reach this server, such as ``https://huoku.example.com``: notices link to it. Empty: they have
    no links."""
    mail_host: str = ""
    """The mail server (SMTP) that notices go out by. Empty: this server sends no mail."""
    mail_port: int = 587
    mail_user: str = ""
    mail_password: str = ""
    mail_from: str = ""
    """The address that mail comes from."""
    mail_security: str = "starttls"
    """``starttls``, ``tls`` (port 465), or ``none``: to this very machine alone."""
    notice_hosts: tuple[str, ...] = ()
    """Hosts that robots may be at although they are not public or not https, such as ``chat.plant.local:8443``."""
    debug: bool = False
    """Shows errors with their insides. Never where others can reach it."""

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{self.data.resolve() / 'huoku.sqlite3'}"

    @property
    def missing_file(self) -> Path | None:
        """The database's own file, where SQLite has one and it is not there."""
        file = Path(unquote(self.database_url.removeprefix("sqlite:///").partition("?")[0]))
        return file if self.database_url.startswith("sqlite:") and not file.is_file() else None

    @property
    def below(self) -> str:
        """The prefix as it stands before every address: ``/huoku``, or nothing."""
        inner = self.prefix.strip("/")
        return f"/{inner}" if inner else ""

    @property
    def secret(self) -> str:
        """The signing key: as given, else the data folder's own; empty where neither is, which Django refuses."""
        own = self.data / "secret.key"
        return self.secret_key or (own.read_text(encoding="ascii").strip() if own.is_file() else "")


def given(environment: Mapping[str, str] = os.environ) -> Given:
    """Read the settings. Raises UsageError naming file or variable, value and what would be right."""
    values: dict[str, object] = {}
    data = Path(environment.get("HUOKU_DATA", str(Given().data)))
    config = Path(environment.get("HUOKU_CONFIG", str(data / CONFIG)))
    if config.is_file():
        values |= _from_file(config)
    elif "HUOKU_CONFIG" in environment:
        raise UsageError(NO_FILE, where=f"HUOKU_CONFIG={config}")
    known = {field.name: field.default for field in fields(Given)}
    for name, default in known.items():
        variable = f"HUOKU_{name.upper()}"
        if f"{variable}_FILE" in environment:
            values[name] = _secret_file(f"{variable}_FILE", environment[f"{variable}_FILE"])
        if variable in environment:
            values[name] = _of_kind(default, environment[variable], variable)
    values.setdefault("data", data)
    said = Given(**values)  # type: ignore[arg-type]
    for name, (is_right, wanted) in WANTED.items():
        if not is_right(getattr(said, name)):
            raise UsageError(NOT_SO, name=name, value=getattr(said, name), zh=wanted.zh, en=wanted.en)
    return said


def _from_file(config: Path) -> dict[str, object]:
    try:
        said = tomllib.loads(config.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise UsageError(NO_TOML, where=config, fault=fault) from None
    known = {field.name: field.default for field in fields(Given)}
    if unknown := sorted(set(said) - set(known)):
        raise UsageError(NO_SETTING, where=config, name=unknown[0], known=", ".join(known))
    return {name: _of_kind(known[name], value, f"{config}: {name}") for name, value in said.items()}


def _secret_file(variable: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as fault:
        raise UsageError(NOT_READ, where=f"{variable}={path}", reason=fault.strerror) from None
    except UnicodeDecodeError:
        raise UsageError(NOT_READ, where=f"{variable}={path}", reason="UTF-8?") from None


def _of_kind(default: object, value: object, where: str) -> object:
    """``value``, text from the environment or a TOML value, as the kind that ``default`` has."""
    if isinstance(default, bool):
        text = str(value).lower()
        if text in TRUE or text in FALSE:
            return text in TRUE
        raise UsageError(NO_BOOLEAN, where=where, value=value)
    if isinstance(default, int):
        if str(value).isdecimal():
            return int(str(value))
        raise UsageError(NO_NUMBER, where=where, value=value)
    if not isinstance(value, str | list) or (isinstance(value, list) and not isinstance(default, tuple)):
        raise UsageError(NO_TEXT, where=where, value=value)
    if isinstance(default, tuple):
        parts = value if isinstance(value, list) else str(value).split(",")
        return tuple(text for part in parts if (text := str(part).strip()))
    return Path(str(value)) if isinstance(default, Path) else str(value)
