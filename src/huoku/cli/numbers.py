"""Whole numbers within bounds as arguments of the command line."""

import argparse
from collections.abc import Callable

from huoku.language import Language, Sentence

NOT_WITHIN = Sentence(
    zh="“{value}”应为 {least} 到 {most} 的整数", en="“{value}” should be a whole number from {least} to {most}"
)
HIGHEST_PORT = 65_535
MOST_PROCESSES = 256


def number_in(least: int, most: int, lang: Language) -> Callable[[str], int]:
    """The type of an argument that is such a number; what is wrong with one is said in ``lang``."""

    def number(text: str) -> int:
        if not text.isascii() or not text.isdecimal() or len(text) > 9 or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(NOT_WITHIN.say(lang, value=text, least=least, most=most))
        return int(text)

    return number
