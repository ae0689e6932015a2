"""``huoku user``: accounts, roles and passwords, for whoever runs the server."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from huoku.cli.answer import Answer
from huoku.cli.passwords import password_in
from huoku.cli.progress import Progress
from huoku.cli.server import DATA, begin
from huoku.errors import UsageError
from huoku.language import Language, Sentence

if TYPE_CHECKING:
    from huoku.server.running.accounts import Account

ACTION = Sentence(
    zh="list 列出；add 添加；role 加一个角色；unrole 去掉角色；password 新密码；"
    "forget-factor 去掉丢失的第二重验证；off 停用",
    en="list; add; role: give one more; unrole: take one; password: a new one; "
    "forget-factor: take a lost second factor away; off: end all roles",
)
LOGIN = Sentence(zh="登录名", en="the login")
ROLE = Sentence(
    zh="角色：owner sales planner buyer storekeeper production_lead finance engineer admin auditor",
    en="owner, sales, planner, buyer, storekeeper, production_lead, finance, engineer, admin or auditor",
)
NAME = Sentence(zh="姓名", en="the person's name")
COMPANY = Sentence(zh="公司编号（只有一家时可省略）", en="the company's code (not needed where there is one)")
PASSWORD = Sentence(
    zh="从这个文件读密码（默认：生成一个并显示一次）",
    en="file to read the password from (default: one is made and shown once)",
)
WHO = Sentence(zh="要写登录名。", en="A login is wanted.")
WHICH_ROLE = Sentence(zh="要写角色。", en="A role is wanted.")
ADDED = Sentence(zh="已添加 {login}，角色 {role}。", en="{login} is added as {role}.")
SECRET = Sentence(zh="密码 {password}（只显示这一次）", en="Password {password} (shown this once)")
DONE = Sentence(zh="已完成：{action} {login} {role}", en="Done: {action} {login} {role}")
SET = Sentence(
    zh="{login} 的密码已更换，所有登录已退出。", en="{login} has a new password and is signed out everywhere."
)
INACTIVE = Sentence(zh="（停用）", en=" (inactive)")
ACTIONS = ("list", "add", "role", "unrole", "password", "forget-factor", "off")


def arguments(parser: argparse.ArgumentParser, lang: Language) -> None:
    parser.add_argument("action", choices=ACTIONS, help=ACTION.say(lang))
    parser.add_argument("login", nargs="?", default="", help=LOGIN.say(lang))
    parser.add_argument("role", nargs="?", default="", help=ROLE.say(lang))
    parser.add_argument("--name", default="", help=NAME.say(lang))
    parser.add_argument("--company", metavar="CODE", default="", help=COMPANY.say(lang))
    parser.add_argument("--password-file", metavar="FILE", type=Path, help=PASSWORD.say(lang))
    parser.add_argument("--data", metavar="FOLDER", help=DATA.say(lang))


def run(options: argparse.Namespace, progress: Progress) -> Answer:
    lang: Language = options.lang
    action, login, role = options.action, options.login, options.role
    if action != "list" and not login:
        raise UsageError(WHO.say(lang))
    if action in ("add", "role", "unrole") and not role:
        raise UsageError(WHICH_ROLE.say(lang))
    begin(options.data)
    from huoku.server.running import accounts

    given = password_in(options.password_file)
    if action == "list":
        return _listed(accounts.accounts(), lang)
    if action in ("add", "password"):
        if action == "add":
            password = accounts.add(login, options.name, role, options.company, given)
            text = ADDED.say(lang, login=login, role=role)
        else:
            password = accounts.set_password(login, given)
            text = SET.say(lang, login=login)
        shown = "" if given else password
        whole = f"{text}\n{SECRET.say(lang, password=shown)}" if shown else text
        return Answer(whole, {"login": login, "password": shown})
    if action == "off":
        accounts.dismiss(login, options.company)
    elif action == "forget-factor":
        accounts.forget_second_factor(login)
    else:
        (accounts.give if action == "role" else accounts.take)(login, role, options.company)
    return Answer(DONE.say(lang, action=action, login=login, role=role).rstrip(), {"login": login, "role": role})


def _listed(found: "list[Account]", lang: Language) -> Answer:
    lines, data = [], []
    for each in found:
        inactive = "" if each.is_active else INACTIVE.say(lang)
        lines.append(f"{each.company}  {each.login}  {each.name}  {', '.join(each.roles)}{inactive}")
        data.append({"company": each.company, "login": each.login, "name": each.name, "roles": list(each.roles)})
    return Answer("\n".join(lines), {"accounts": data})
