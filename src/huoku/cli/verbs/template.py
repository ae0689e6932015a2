"""``huoku template FILE``: the empty workbook, to be filled in with one's own factory."""

import argparse
from pathlib import Path

import huoku
from huoku.cli.answer import Answer
from huoku.cli.progress import Progress
from huoku.cli.typed import command
from huoku.errors import UsageError
from huoku.language import Language, Sentence

FILE = Sentence(zh="要写的工作簿（.xlsx）", en="the workbook to write (.xlsx)")
WRITTEN = Sentence(
    zh="空白工作簿已写到 {path}。填好后用 {huoku} check {path} 检查。",
    en="The empty workbook is written to {path}. Fill it in, then run: {huoku} check {path}",
)
EXISTS = Sentence(zh="{path} 已经存在，不会覆盖。", en="{path} exists; it is left alone.")
NO_WORKBOOK = Sentence(zh="{path}：工作簿的名字要以 .xlsx 结尾。", en="{path}: a workbook's name ends in .xlsx.")


def arguments(parser: argparse.ArgumentParser, lang: Language) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help=FILE.say(lang))


def run(options: argparse.Namespace, progress: Progress) -> Answer:
    lang: Language = options.lang
    path: Path = options.file
    if path.suffix.lower() != ".xlsx":
        raise UsageError(NO_WORKBOOK.say(lang, path=path))
    if path.exists():  # it may be filled in already
        raise UsageError(EXISTS.say(lang, path=path))
    huoku.template(path, lang=lang)
    return Answer(WRITTEN.say(lang, huoku=command(), path=path), {"template": path})
