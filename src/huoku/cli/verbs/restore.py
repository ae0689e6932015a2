"""``huoku restore FILE``: put a backup back, into an empty place."""

import argparse
from pathlib import Path

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
    zh="已恢复 {made_at} 的备份：{rows:,} 行。下一步：huoku doctor",
    en="Restored the backup of {made_at}: {rows:,} rows. Next: huoku doctor",
)


def arguments(parser: argparse.ArgumentParser, lang: Language) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help=FILE.say(lang))
    parser.add_argument("--data", metavar="FOLDER", help=INTO.say(lang))


def run(options: argparse.Namespace, progress: Progress) -> Answer:
    lang: Language = options.lang
    progress.expect(1)
    settings = begin(options.data, must_exist=False)
    from huoku.server.running.founding import ensure_secret
    from huoku.server.running.restore import restore

    with progress.stage(CHECKING):
        restored = restore(options.file)
        ensure_secret(settings.data)
    text = DONE.say(lang, made_at=restored.manifest.made_at, rows=restored.rows)
    return Answer(text, {"made_at": restored.manifest.made_at, "rows": restored.rows, "data": settings.data})
