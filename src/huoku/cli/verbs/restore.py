"""``huoku restore FILE``: put a backup back, into an empty place."""

import argparse
from pathlib import Path
from zoneinfo import ZoneInfo

from huoku.cli.answer import Answer
from huoku.cli.progress import Progress
from huoku.cli.server import begin
from huoku.language import Language, Sentence

FILE = Sentence(zh="备份文件", en="the backup")
INTO = Sentence(
    zh="新的数据文件夹（默认：HUOKU_DATA 或 huoku-data）；里面不能已有数据库",
    en="the new data folder (default: HUOKU_DATA or huoku-data), which holds no database yet",
)
CHECKING = Sentence(zh="核对并恢复", en="check and restore")
DONE = Sentence(
    zh="已恢复 {made} 的备份：{rows:,} 行。下一步：huoku doctor --data {folder}",
    en="Restored the backup of {made}: {rows:,} {rows|row|rows}. Next: huoku doctor --data {folder}",
)
NEW_SECRET = Sentence(
    zh="这里没有原来的 secret.key，已新建：大家要重新登录，手机验证码要重新绑定（huoku user forget-factor）。",
    en="The old secret.key was not here and a new one was made: everybody signs in again and sets up his telephone's "
    "codes anew (huoku user forget-factor).",
)


def arguments(parser: argparse.ArgumentParser, lang: Language) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help=FILE.say(lang))
    parser.add_argument("--data", metavar="FOLDER", help=INTO.say(lang))


def run(options: argparse.Namespace, progress: Progress) -> Answer:
    lang: Language = options.lang
    progress.expect(1)
    settings = begin(options.data, must_exist=False)
    has_secret = bool(settings.secret)
    from huoku.server.running.founding import ensure_secret
    from huoku.server.running.restore import restore

    with progress.stage(CHECKING):
        restored = restore(options.file)
        ensure_secret(settings.data)
    made_at, rows = restored.manifest.made_at, restored.rows
    made = restored.manifest.made_in(ZoneInfo(settings.timezone))
    text = DONE.say(lang, made=made, rows=rows, folder=options.data or settings.data)
    if not has_secret:
        text += "\n" + NEW_SECRET.say(lang)
    return Answer(text, {"made_at": made_at, "rows": rows, "data": settings.data, "new_secret": not has_secret})
