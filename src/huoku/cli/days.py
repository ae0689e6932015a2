"""Days as arguments of the command line."""

import argparse
from collections.abc import Callable
from datetime import date

from huoku.language import Language, Sentence

NO_DAY = Sentence(zh="“{value}”不是日期；请写成 2026-01-05", en="“{value}” is no date; write it as 2026-01-05")


def day_in(lang: Language) -> Callable[[str], date]:
    """The type of an argument that is a day; what is wrong with one is said in ``lang``."""

    def day(text: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise argparse.ArgumentTypeError(NO_DAY.say(lang, value=text)) from None

    return day
