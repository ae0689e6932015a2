"""``huoku report PLAN``: the plan as one web page that opens without a network, or as a workbook."""

import argparse
from pathlib import Path

import huoku
from huoku.cli.answer import Answer
from huoku.cli.progress import Progress
from huoku.cli.words import PLAN, READING, REPORT_SAVED, REPORTING
from huoku.errors import UsageError
from huoku.language import Language, Sentence

FORMATS = ("html", "xlsx")
OUT = Sentence(
    zh="写到这个文件（默认 PLAN/report.html 或 .xlsx）", en="file to write (default: PLAN/report.html, or .xlsx)"
)
FORMAT = Sentence(
    zh="网页或工作簿（默认看 -o 的扩展名，否则网页）", en="a page or a workbook (default: as -o ends, else a page)"
)
OTHER_END = Sentence(
    zh="{path} 的扩展名和 --format {format} 对不上", en="{path} does not end as --format {format} asks: .{format}"
)


def arguments(parser: argparse.ArgumentParser, lang: Language) -> None:
    parser.add_argument("plan", metavar="PLAN", type=Path, help=PLAN.say(lang))
    parser.add_argument("--format", choices=FORMATS, help=FORMAT.say(lang))
    parser.add_argument("-o", "--out", metavar="FILE", type=Path, help=OUT.say(lang))


def run(options: argparse.Namespace, progress: Progress) -> Answer:
    report = options.out or options.plan / f"report.{options.format or 'html'}"
    if options.format and report.suffix.lower() != f".{options.format}":
        raise UsageError(OTHER_END.say(options.lang, path=report, format=options.format))
    progress.expect(2)
    with progress.stage(READING):
        plan = huoku.Plan.load(options.plan)
    with progress.stage(REPORTING):
        huoku.write_report(plan, report, options.lang)
    return Answer(REPORT_SAVED.say(options.lang, path=report), {"report": report})
