"""``--set``, ``--add``, ``--remove``: plan as if a cell were another, a row more or fewer; no file is touched."""

import argparse
import csv
from typing import TYPE_CHECKING

from huoku.language import Language, Sentence

if TYPE_CHECKING:
    from huoku.factory import Factory

FORM = "TABLE.KEY.COLUMN=VALUE"
ROW = "TABLE:COLUMN=VALUE,..."
NAME = "TABLE.KEY"
SET = Sentence(
    zh="假设：把一个单元格当作别的值，不改文件；可多次使用，例如 demands.SO-1042.qty=300、"
    "sources.SCREW/S1.moq=100、settings.late_rate=0.02",
    en="what if: take a cell as another value, no file is touched; may be repeated, as in demands.SO-1042.qty=300, "
    "sources.SCREW/S1.moq=100, settings.late_rate=0.02",
)
ADD = Sentence(
    zh="加一行；可多次使用，例如 demands:demand=SO-9,item=KETTLE,qty=5,due=2026-02-01。值里有逗号时，给这一项加双引号",
    en="a row more; may be repeated, as in demands:demand=SO-9,item=KETTLE,qty=5,due=2026-02-01; a part whose value "
    "has a comma stands in double quotes",
)
REMOVE = Sentence(
    zh="去掉一行；可多次使用，例如 demands.SO-1042、sources.SCREW/S1",
    en="a row fewer; may be repeated, as in demands.SO-1042, sources.SCREW/S1",
)
NO_ROW = Sentence(zh="“{text}”不是一行；请写成 表:列=值,列=值", en="“{text}” is no row; write {form}")
NO_VALUE = Sentence(zh="“{text}”里没有等号；请写成 表.键.列=值", en="“{text}” has no =; write {form}")


def add_what_if(parser: argparse.ArgumentParser, lang: Language) -> None:
    """Declare ``--set``, ``--add`` and ``--remove``."""

    def assignment(text: str) -> tuple[str, str]:
        name, equals, value = text.partition("=")
        if not equals:
            raise argparse.ArgumentTypeError(NO_VALUE.say(lang, text=text, form=FORM))
        return name, value

    parser.add_argument(
        "--set", metavar=FORM, dest="values", action="append", type=assignment, default=[], help=SET.say(lang)
    )
    _add_rows(parser, lang)


def _add_rows(parser: argparse.ArgumentParser, lang: Language) -> None:
    def row(text: str) -> tuple[str, dict[str, str]]:
        table, colon, cells = text.partition(":")
        pairs = [cell.partition("=") for cell in next(csv.reader([cells]), [])]
        if not (colon and pairs and all(equals for _, equals, _ in pairs)):
            raise argparse.ArgumentTypeError(NO_ROW.say(lang, text=text, form=ROW))
        return table, {name.strip(): value for name, _, value in pairs}

    parser.add_argument("--add", metavar=ROW, dest="added", action="append", type=row, default=[], help=ADD.say(lang))
    parser.add_argument("--remove", metavar=NAME, dest="removed", action="append", default=[], help=REMOVE.say(lang))


def supposed(factory: "Factory", options: argparse.Namespace) -> "Factory":
    """The factory with every ``--set``, then ``--remove``, then ``--add`` in it."""
    if options.values:
        factory = factory.with_values(dict(options.values))
    if options.removed:
        factory = factory.without_rows(options.removed)
    if options.added:
        factory = factory.with_rows(gathered(options.added))
    return factory


def is_supposed(options: argparse.Namespace) -> bool:
    """Is anything to be other than it is?"""
    return bool(options.values or options.removed or options.added)


def gathered(added: list[tuple[str, dict[str, str]]]) -> dict[str, list[dict[str, str]]]:
    """The rows by table."""
    rows: dict[str, list[dict[str, str]]] = {}
    for table, row in added:
        rows.setdefault(table, []).append(row)
    return rows
