"""``huoku worker``: run the background jobs until stopped."""

import argparse

from huoku.cli.answer import Answer
from huoku.cli.progress import Progress
from huoku.cli.server import DATA, begin
from huoku.language import Language


def arguments(parser: argparse.ArgumentParser, lang: Language) -> None:
    parser.add_argument("--data", metavar="FOLDER", help=DATA.say(lang))


def run(options: argparse.Namespace, progress: Progress) -> Answer:
    begin(options.data)
    from huoku.server.platform.jobs.worker import work

    work()
    return Answer("")
