"""`huoku init`: a data folder with its secret and settings, an empty database, a company and its first owner."""

import json
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from huoku.errors import UsageError
from huoku.language import Sentence
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
CODE = re.compile(r"[\w.+-]{1,40}")
NO_CODE = Sentence(
    "公司编号 {code!r}：它是网址的一部分，1 到 40 个字母、汉字、数字或 . + - _，不能有空格",
    "the company's code {code!r}: a part of addresses, 1 to 40 letters, digits or . + - _, without spaces",
)
SERVER_THERE = Sentence(
    "{data}：这里已经有 huoku 服务器；请换一个文件夹，或用 `huoku upgrade`",
    "{data}: there is a huoku server already; use another folder, or `huoku upgrade`",
)
COMPANY_THERE = Sentence(
    "这个数据库里已经有公司；用 `huoku upgrade` 更新它",
    "this database already holds a company; `huoku upgrade` brings it up to date",
)
OWNER_NAME = "老板 Owner"
"""What the owner is called until he says otherwise: beside what he did stands a name, not a login."""
SECRET = "secret.key"
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
    owner_name: str = "",
    password: str = "",
    second_factor_for: tuple[str, ...] = SECOND_FACTOR_FOR,
) -> Founded:
    """Make a new server's data folder and database, with the roles that need a second factor in its settings.

    Raises UsageError where the folder already holds a server, the database already holds a company, the company's code
    or the owner's login cannot be one, or the password could be guessed; then nothing is founded. What was interrupted
    before the company was there is gone on with.
    """
    if not CODE.fullmatch(company):
        raise UsageError(NO_CODE, code=company)
    was_begun = (data / SECRET).exists()
    ensure_secret(data, second_factor_for)
    try:
        given = _first_company(data, was_begun, company, name, owner, owner_name or OWNER_NAME, password)
    except BaseException:  # also whoever grows impatient and presses Ctrl-C
        if not was_begun:
            (data / SECRET).unlink()  # nothing was founded, so the next call may begin anew
        raise
    return Founded(data, company, owner, "" if password else given)


def _first_company(data: Path, was_begun: bool, company: str, name: str, owner: str, called: str, password: str) -> str:
    """The database with its first company; the owner's password. ``called`` is the owner's name."""
    start(data)
    from django.core.management import call_command
    from django.db import connection, transaction

    from huoku.server.platform.commands.companies import found_company
    from huoku.server.platform.models import Company, User
    from huoku.server.running.accounts import check_login, good_password
    from huoku.server.running.reaching import must_be_reached

    must_be_reached()
    if Company._meta.db_table in connection.introspection.table_names() and Company.objects.exists():
        raise UsageError(SERVER_THERE if was_begun else COMPANY_THERE, data=data)
    check_login(owner)
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        user = User.objects.create_user(owner, name=called)
        found_company(company, name, user)
        given = good_password(password, user)  # which must not hold the company's name
        user.set_password(given)
        user.save()
    return given


def ensure_secret(data: Path, second_factor_for: tuple[str, ...] = SECOND_FACTOR_FOR) -> None:
    """The folder with a signing key of its own and a settings file to fill in; what is there already stays."""
    data.mkdir(parents=True, exist_ok=True)
    data.chmod(0o700)
    key = data / SECRET
    if not key.exists() or not key.stat().st_size:
        key.touch(mode=0o600)
        key.write_text(secrets.token_urlsafe(48) + "\n", encoding="ascii")
    if not (data / CONFIG).exists():
        said = SETTINGS_FILE.format(second_factor_for=json.dumps(second_factor_for))
        (data / CONFIG).write_text(said, encoding="utf-8")
