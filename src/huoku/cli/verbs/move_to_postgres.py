"""``huoku move-to-postgres URL``: from the file to a database server, every row, in one step."""

import argparse
import os

from huoku.cli.answer import Answer
from huoku.cli.progress import Progress
from huoku.cli.server import DATA, begin
from huoku.language import Language, Sentence

URL = Sentence(
    zh="空的 PostgreSQL 数据库：postgresql://用户:密码@主机:端口/名称",
    en="an empty PostgreSQL database: postgresql://user:password@host:port/name",
)
MOVING = Sentence(zh="搬移", en="move")
DONE = Sentence(
    zh="已搬移 {rows:,} 行，{tables} 张表，逐表核对行数一致。\n设置已写入 {config}，原文件改名为 {old}。",
    en="Moved {rows:,} {rows|row|rows} in {tables} {tables|table|tables}, counted on both sides.\n"
    "The setting is in {config}; the old file is {old}.",
)
ENVIRONMENT = Sentence(
    zh="环境变量 HUOKU_DATABASE 优先于设置文件：请把它也改成新地址。",
    en="The variable HUOKU_DATABASE comes before the settings file: change it too.",
)


def arguments(parser: argparse.ArgumentParser, lang: Language) -> None:
    parser.add_argument("url", metavar="URL", help=URL.say(lang))
    parser.add_argument("--data", metavar="FOLDER", help=DATA.say(lang))


def run(options: argparse.Namespace, progress: Progress) -> Answer:
    lang: Language = options.lang
    progress.expect(1)
    settings = begin(options.data)
    from huoku.server.given import CONFIG
    from huoku.server.running.moving import move_to_postgresql, remember

    with progress.stage(MOVING):
        moved = move_to_postgresql(options.url)
        old = remember(options.url)
    rows = sum(moved.rows.values())
    config = settings.data / CONFIG
    text = DONE.say(lang, rows=rows, tables=len(moved.rows), config=config, old=old)
    if "HUOKU_DATABASE" in os.environ:
        text += "\n" + ENVIRONMENT.say(lang)
    return Answer(text, {"rows": rows, "tables": len(moved.rows), "old": old})
