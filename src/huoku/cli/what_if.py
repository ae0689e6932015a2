"""``--set``: plan as if a cell were another, without touching a file."""

import argparse
from typing import TYPE_CHECKING

from huoku.language import Language, Sentence

if TYPE_CHECKING:
    from huoku.factory import Factory

FORM = "TABLE.KEY.COLUMN=VALUE"
SET = Sentence(
    zh="假设：把一个单元格当作别的值，不改文件；可多次使用，例如 demands.SO-1042.qty=300、"
    "sources.SCREW/S1.moq=100、settings.late_rate=0.02",
    en="what if: take a cell as another value, no file is touched; may be repeated, as in demands.SO-1042.qty=300, "
    "sources.SCREW/S1.moq=100, settings.late_rate=0.02",
)
NO_VALUE = Sentence(zh="“{text}”里没有等号；请写成 表.键.列=值", en="“{text}” has no =; write {form}")


def add_set(parser: argparse.ArgumentParser, lang: Language) -> None:
    """Declare ``--set``."""

    def assignment(text: str) -> tuple[str, str]:
        name, equals, value = text.partition("=")
        if not equals:
            raise argparse.ArgumentTypeError(NO_VALUE.say(lang, text=text, form=FORM))
        return name, value

    parser.add_argument(
        "--set", metavar=FORM, dest="values", action="append", type=assignment, default=[], help=SET.say(lang)
    )


def supposed(factory: "Factory", options: argparse.Namespace) -> "Factory":
    """The factory with every ``--set`` in it."""
    return factory.with_values(dict(options.values)) if options.values else factory
