"""`huoku init`: a data folder with its secret and settings, an empty database, a company and its first owner."""

import json
import secrets
from dataclasses import dataclass
from pathlib import Path

from huoku.errors import UsageError
from huoku.server.given import CONFIG
from huoku.server.running.start import start

SETTINGS_FILE = """\
# 活库的设置。这里没有写的，用默认值；环境变量 HUOKU_* 优先于本文件。
# Settings of huoku. What is not said here has its default; variables HUOKU_* come before this file.

# database = "postgresql://huoku:password@localhost:5432/huoku"    # 默认：本文件夹里的 SQLite / default: SQLite here
# hosts = ["localhost", "127.0.0.1", "erp.example.com"]            # 浏览器用的名称 / the names that browsers use
# https = true                                                     # 前面有 https 时打开 / when served by https
# language = "zh-hans"
# timezone = "Asia/Shanghai"
# 这些岗位登录时，除密码外还要第二重验证：手机验证码或通行密钥。[] 表示都不要。
# Who has one of these roles signs in with a second factor too: a telephone's code or a passkey. [] is for nobody.
second_factor_for = {second_factor_for}
"""
SECOND_FACTOR_FOR = ("owner", "admin", "finance")
"""Roles that may give rights, see costs or approve money: a password that somebody got hold of must not be enough."""


@dataclass(frozen=True, slots=True)
class Founded:
    """What is there now. ``password`` is the owner's first one, empty where it was given."""

    data: Path
    company: str
    owner: str
    password: str


def found(
    data: Path,
    *,
    company: str,
    name: str,
    owner: str,
    password: str = "",
    second_factor_for: tuple[str, ...] = SECOND_FACTOR_FOR,
) -> Founded:
    """Make a new server's data folder and database, with the roles that need a second factor in its settings.

    Raises UsageError where the folder already holds a server, the database already holds a company, or the password
    could be guessed.
    """
    if (data / "secret.key").exists():
        raise UsageError(f"{data}: there is a huoku server already; use another folder, or `huoku upgrade`")
    ensure_secret(data, second_factor_for)
    start(data)
    from django.core.management import call_command

    from huoku.server.platform.commands.companies import found_company
    from huoku.server.platform.models import Company, User
    from huoku.server.running.accounts import good_password

    call_command("migrate", verbosity=0)
    if Company.objects.exists():
        raise UsageError("this database already holds a company; `huoku upgrade` brings it up to date")
    given = good_password(password, User(username=owner))
    user = User.objects.create_user(owner, password=given)
    found_company(company, name, user)
    return Founded(data, company, owner, "" if password else given)


def ensure_secret(data: Path, second_factor_for: tuple[str, ...] = SECOND_FACTOR_FOR) -> None:
    """The folder with a signing key of its own and a settings file to fill in; what is there already stays."""
    data.mkdir(parents=True, exist_ok=True)
    data.chmod(0o700)
    key = data / "secret.key"
    if not key.exists():
        key.touch(mode=0o600)
        key.write_text(secrets.token_urlsafe(48) + "\n", encoding="ascii")
    if not (data / CONFIG).exists():
        said = SETTINGS_FILE.format(second_factor_for=json.dumps(second_factor_for))
        (data / CONFIG).write_text(said, encoding="utf-8")
