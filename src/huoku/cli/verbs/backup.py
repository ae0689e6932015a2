"""``huoku backup``: everything into one file, while the server runs."""

import argparse
from pathlib import Path

from huoku.cli.answer import Answer
from huoku.cli.progress import Progress
from huoku.cli.server import DATA, begin
from huoku.language import Language, Sentence

FILE = Sentence(
    zh="备份文件（默认：数据文件夹的 backups 里，按时间命名，保留 14 个）",
    en="the file (default: in the data folder's backups, named by its time, 14 of them kept)",
)
SAVING = Sentence(zh="备份", en="back up")
DONE = Sentence(
    zh="备份已写到 {path}：{rows:,} 行，{size:.1f} MB",
    en="Backed up to {path}: {rows:,} {rows|row|rows}, {size:.1f} MB",
)


def arguments(parser: argparse.ArgumentParser, lang: Language) -> None:
    parser.add_argument("file", nargs="?", metavar="FILE", type=Path, help=FILE.say(lang))
    parser.add_argument("--data", metavar="FOLDER", help=DATA.say(lang))


def run(options: argparse.Namespace, progress: Progress) -> Answer:
    lang: Language = options.lang
    progress.expect(1)
    begin(options.data)
    from huoku.server.running.backup import back_up, nightly
    from huoku.server.running.manifest import read_manifest

    with progress.stage(SAVING):
        if options.file:
            back_up(options.file)
        path = options.file or nightly()
    rows, size = sum(read_manifest(path).rows.values()), path.stat().st_size
    data = {"path": path, "rows": rows, "bytes": size}
    return Answer(DONE.say(lang, path=path, rows=rows, size=size / 1e6), data)
