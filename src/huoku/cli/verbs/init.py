"""``huoku init``: found a server."""

import argparse
from pathlib import Path

from huoku.cli.answer import Answer
from huoku.cli.passwords import password_in
from huoku.cli.progress import Progress
from huoku.cli.server import DATA
from huoku.language import Language, Sentence

SAME = Sentence(zh="数据文件夹，和其他命令一样写也行", en="the same, as other commands have it")
CODE = Sentence(zh="公司编号", en="the company's code")
NAME = Sentence(zh="公司名称", en="the company's name")
OWNER = Sentence(zh="第一个用户的登录名", en="login of the first user")
OWNER_NAME = Sentence(zh="第一个用户的姓名", en="name of the first user")
PASSWORD = Sentence(
    zh="从这个文件读密码（默认：生成一个并显示一次）",
    en="file to read the password from (default: one is made and shown once)",
)
NO_SECOND_FACTOR = Sentence(
    zh="老板、管理员和财务只用密码登录（默认还要手机验证码或通行密钥）",
    en="owner, administrators and finance sign in by password alone (default: also by a telephone's code or a passkey)",
)
SECOND_FACTOR = Sentence(
    zh="老板、管理员和财务第一次登录后要设置第二重验证（手机验证码或通行密钥）；见 huoku.toml 的 second_factor_for",
    en="Owners, administrators and finance set up a second factor at their first sign-in (a telephone's code or a "
    "passkey); second_factor_for in huoku.toml says for whom",
)
MAKING = Sentence(zh="建立数据库", en="make the database")
DONE = Sentence(
    zh="服务器已建立，数据在 {data}。\n公司 {company}，用户 {owner}{secret}\n下一步：{serve}",
    en="The server is founded; its data is in {data}.\nCompany {company}, user {owner}{secret}\nNext: {serve}",
)
SECRET = Sentence(
    zh="，密码 {password}（只显示这一次，登录后请修改）", en=", password {password} (shown this once; change it)"
)


def arguments(parser: argparse.ArgumentParser, lang: Language) -> None:
    parser.add_argument("data", nargs="?", metavar="FOLDER", type=Path, help=DATA.say(lang))
    parser.add_argument("--data", dest="named", metavar="FOLDER", type=Path, help=SAME.say(lang))
    parser.add_argument("--company", metavar="CODE", default="MAIN", help=CODE.say(lang))
    parser.add_argument("--name", metavar="NAME", default="", help=NAME.say(lang))
    parser.add_argument("--owner", metavar="LOGIN", default="owner", help=OWNER.say(lang))
    parser.add_argument("--no-second-factor", action="store_true", help=NO_SECOND_FACTOR.say(lang))
    parser.add_argument("--owner-name", metavar="NAME", default="", help=OWNER_NAME.say(lang))
    parser.add_argument("--password-file", metavar="FILE", type=Path, help=PASSWORD.say(lang))


def run(options: argparse.Namespace, progress: Progress) -> Answer:
    from huoku.server.given import given
    from huoku.server.running.founding import SECOND_FACTOR_FOR, found

    lang: Language = options.lang
    password = password_in(options.password_file)
    folder: Path | None = options.data or options.named
    progress.expect(1)
    with progress.stage(MAKING):
        founded = found(
            folder or given().data,
            company=options.company,
            name=options.name or options.company,
            owner=options.owner,
            owner_name=options.owner_name,
            password=password,
            second_factor_for=() if options.no_second_factor else SECOND_FACTOR_FOR,
        )
    secret = SECRET.say(lang, password=founded.password) if founded.password else ""
    serve = f"huoku serve --data {folder}" if folder else "huoku serve"
    text = DONE.say(lang, data=founded.data, company=founded.company, owner=founded.owner, secret=secret, serve=serve)
    if not options.no_second_factor:
        text += "\n" + SECOND_FACTOR.say(lang)
    data = {"data": founded.data, "company": founded.company, "owner": founded.owner, "password": founded.password}
    return Answer(text, data)
