"""``huoku report PLAN``: the plan as one web page that opens without a network."""

import argparse
from pathlib import Path

import huoku
from huoku.cli.answer import Answer
from huoku.cli.progress import Progress
from huoku.cli.words import PLAN, READING, REPORT_SAVED, REPORTING
from huoku.language import Language, Sentence

OUT = Sentence(zh="写到这个文件（默认 PLAN/report.html）", en="file to write (default: PLAN/report.html)")


def arguments(parser: argparse.ArgumentParser, lang: Language) -> None:
    parser.add_argument("plan", metavar="PLAN", type=Path, help=PLAN.say(lang))
    parser.add_argument("-o", "--out", metavar="FILE", type=Path, help=OUT.say(lang))


def run(options: argparse.Namespace, progress: Progress) -> Answer:
    page = options.out or options.plan / "report.html"
    progress.expect(2)
    with progress.stage(READING):
        plan = huoku.Plan.load(options.plan)
    with progress.stage(REPORTING):
        huoku.write_report(plan, page, options.lang)
    return Answer(REPORT_SAVED.say(options.lang, path=page), {"report": page})
