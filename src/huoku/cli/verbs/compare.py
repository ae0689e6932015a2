"""``huoku compare PLAN_A PLAN_B``, or ``PLAN --set ...``: what differs between two plans, and what got worse."""

import argparse
from pathlib import Path

import huoku
from huoku.cli.answer import Answer
from huoku.cli.progress import Progress
from huoku.cli.what_if import add_what_if, is_supposed, supposed
from huoku.cli.words import PLAN, PLANNING, READING
from huoku.errors import UsageError
from huoku.language import Language, Sentence

OTHER = Sentence(
    zh="另一个计划文件夹；不写时与 --set、--add、--remove 之后重做的计划比较",
    en="the other plan folder; without it, PLAN is compared with itself planned again under --set, --add, --remove",
)
ONE_OF_TWO = Sentence(
    zh="请给出第二个计划，或者给出 --set、--add、--remove，二者取一",
    en="give a second plan or --set, --add, --remove: one of the two, and only one",
)


def arguments(parser: argparse.ArgumentParser, lang: Language) -> None:
    parser.add_argument("plan", metavar="PLAN", type=Path, help=PLAN.say(lang))
    parser.add_argument("other", metavar="OTHER", type=Path, nargs="?", help=OTHER.say(lang))
    add_what_if(parser, lang)


def run(options: argparse.Namespace, progress: Progress) -> Answer:
    lang: Language = options.lang
    if bool(options.other) == is_supposed(options):
        raise UsageError(ONE_OF_TWO.say(lang))
    progress.expect(2)
    with progress.stage(READING):
        before = huoku.in_language(huoku.Plan.load(options.plan), lang)
    with progress.stage(PLANNING):
        if options.other:
            after = huoku.in_language(huoku.Plan.load(options.other), lang)
        else:
            after = huoku.runner.run(supposed(before.factory, options), lang=lang, progress=progress.step)
    told = huoku.compare(before, after)
    return Answer(huoku.report.comparison_text(told, lang), told.data(), exit_code=1 if told.worse else 0)
