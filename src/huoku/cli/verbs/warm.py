"""``huoku warm``: compile the kernels ahead, so that the first large plan need not wait for it."""

import argparse

import huoku
from huoku.cli.answer import Answer
from huoku.cli.progress import Progress
from huoku.language import Language


def arguments(parser: argparse.ArgumentParser, lang: Language) -> None:
    """It has none."""


def run(options: argparse.Namespace, progress: Progress) -> Answer:
    huoku.warm()
    return Answer("")
