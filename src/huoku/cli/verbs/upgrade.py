"""``huoku upgrade``: bring the database to the program's state."""

import argparse

from huoku.cli.answer import Answer
from huoku.cli.progress import Progress
from huoku.cli.server import DATA, begin
from huoku.language import Language, Sentence

CHECK = Sentence(
    zh="只看有什么要做，不动数据（有则退出码 1）", en="only tell what there is to do (ends with 1 if anything)"
)
UPGRADING = Sentence(zh="升级数据库", en="upgrade")
NOTHING = Sentence(zh="数据库是最新的。", en="The database is up to date.")
PENDING = Sentence(zh="有 {count} 步要做：{names}", en="{count} {count|step|steps} to do: {names}")
NEWER = Sentence(
    zh="数据库比程序新（有 {name}）：请安装更新的程序。", en="The database is newer than the program (it has {name})."
)
DONE = Sentence(
    zh="升级完成，{count} 步；升级前的备份：{backup}",
    en="Upgraded in {count} {count|step|steps}; the backup before it: {backup}",
)


def arguments(parser: argparse.ArgumentParser, lang: Language) -> None:
    parser.add_argument("--check", action="store_true", help=CHECK.say(lang))
    parser.add_argument("--data", metavar="FOLDER", help=DATA.say(lang))


def run(options: argparse.Namespace, progress: Progress) -> Answer:
    lang: Language = options.lang
    progress.expect(1)
    begin(options.data)
    from huoku.server.running.upgrade import state, upgrade

    if options.check:
        now = state()
        found = {"pending": list(now.pending), "unknown": list(now.unknown)}
        if now.unknown:
            return Answer(NEWER.say(lang, name=now.unknown[0]), found, 1)
        if now.pending:
            return Answer(PENDING.say(lang, count=len(now.pending), names=", ".join(now.pending)), found, 1)
        return Answer(NOTHING.say(lang), found)
    with progress.stage(UPGRADING):
        before, backup = upgrade()
    data: dict[str, object] = {"done": list(before.pending), "backup": backup or ""}
    if not before.pending:
        return Answer(NOTHING.say(lang), data)
    return Answer(DONE.say(lang, count=len(before.pending), backup=backup or "-"), data)
