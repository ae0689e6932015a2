"""``huoku verify FILE``: is a backup whole, and can it be put back?"""

import argparse
import os
import tempfile
from pathlib import Path
from zoneinfo import ZoneInfo

from huoku.cli.answer import Answer
from huoku.cli.progress import Progress
from huoku.cli.server import begin
from huoku.language import Language, Sentence

FILE = Sentence(zh="备份文件", en="the backup")
CHECKING = Sentence(zh="核对并试恢复", en="check and rehearse")
DONE = Sentence(
    zh="备份完好：{made} 的数据库（{rows:,} 行）和 {files:,} 个文件。{rehearsed}",
    en=(
        "The backup of {made} is whole: the database ({rows:,} {rows|row|rows}) and {files:,} "
        "{files|file|files}. {rehearsed}"
    ),
)
REHEARSED = Sentence(zh="已在临时位置试恢复成功。", en="It was put back in a place apart, and is sound.")
NOT_REHEARSED = Sentence(
    zh="PostgreSQL 备份未试恢复（用 --into 指定一个空数据库）。",
    en="It was not put back: name an empty PostgreSQL database with --into.",
)
INTO = Sentence(zh="试恢复用的空 PostgreSQL 数据库地址", en="address of an empty PostgreSQL database to rehearse in")


def arguments(parser: argparse.ArgumentParser, lang: Language) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help=FILE.say(lang))
    parser.add_argument("--into", metavar="URL", help=INTO.say(lang))


def run(options: argparse.Namespace, progress: Progress) -> Answer:
    from huoku.server.given import given
    from huoku.server.running.manifest import check_parts, read_manifest

    lang: Language = options.lang
    progress.expect(1)
    with progress.stage(CHECKING):
        manifest = read_manifest(options.file)
        check_parts(options.file, manifest)
        is_rehearsed = manifest.vendor == "sqlite" or bool(options.into)
        if is_rehearsed:
            with tempfile.TemporaryDirectory(prefix="huoku-verify-") as folder:
                os.environ["HUOKU_DATABASE"] = options.into or ""
                begin(folder, must_exist=False)
                from huoku.server.running.restore import restore

                restore(options.file)
    rehearsed = (REHEARSED if is_rehearsed else NOT_REHEARSED).say(lang)
    rows, made = sum(manifest.rows.values()), manifest.made_in(ZoneInfo(given().timezone))
    text = DONE.say(lang, made=made, rows=rows, files=manifest.files, rehearsed=rehearsed)
    data = {"made_at": manifest.made_at, "rows": rows, "parts": len(manifest.parts), "rehearsed": is_rehearsed}
    return Answer(text, data, 0 if is_rehearsed else 1)
