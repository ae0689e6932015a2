"""``huoku deadstock FACTORY``: what nobody will use, why, the best way out; with ``--case``, a paper for the boss."""

import argparse
from pathlib import Path

import huoku
from huoku.cli.answer import Answer
from huoku.cli.days import day_in
from huoku.cli.progress import Progress
from huoku.cli.words import FACTORY, LOADING, PLANNING, READING, REPORT_SAVED, REPORTING
from huoku.language import Language, Sentence

OUT = Sentence(
    zh="写到这个文件：.html 或 .xlsx；--case 还可以是 .pdf",
    en="file to write: .html or .xlsx; with --case also .pdf",
)
TODAY = Sentence(
    zh="从哪天看，例如 2026-01-05（默认：工厂的设置，否则今天）",
    en="the day it is seen from, such as 2026-01-05 (default: the factory's own setting, else the day of the run)",
)
CASE = Sentence(
    zh="请老板拍板的一页纸：两年的呆滞和周转、拖延的代价、去处、少买省多少",
    en="a paper for the boss: two years, the cost of waiting, the ways out, what buying less saves",
)
REVIEWING = Sentence(zh="查呆滞料", en="review the stock")


def arguments(parser: argparse.ArgumentParser, lang: Language) -> None:
    parser.add_argument("factory", metavar="FACTORY", help=FACTORY.say(lang))
    parser.add_argument("--case", action="store_true", help=CASE.say(lang))
    parser.add_argument("-o", "--out", metavar="FILE", type=Path, help=OUT.say(lang))
    parser.add_argument("--today", metavar="DATE", type=day_in(lang), help=TODAY.say(lang))


def run(options: argparse.Namespace, progress: Progress) -> Answer:
    """Ends with 1 where the dead-stock share is above its warning line."""
    lang: Language = options.lang
    progress.expect(4 if options.case else 3)
    with progress.stage(LOADING):
        report = huoku.report
        if options.out:
            report.known_kind(options.out, report.CASE_KINDS if options.case else report.LIST_KINDS, lang)
    with progress.stage(READING):
        factory = huoku.read(options.factory, today=options.today)
    with progress.stage(REVIEWING):
        review = huoku.deadstock(factory)
    code = 1 if review.figures["level"] in ("warn", "alarm") else 0
    if options.case:
        with progress.stage(PLANNING):
            case = report.boss_case(review, huoku.runner.run(factory, lang=lang, progress=progress.step))
        text, data = report.case_text(case, lang), case.data()
    else:
        text, data = report.dead_stock_text(review, lang), review.data()
    if options.out:
        with progress.stage(REPORTING):
            if options.case:
                report.write_case(case, options.out, lang)
            else:
                report.write_dead_stock(review, options.out, lang)
        text, data = f"{text}\n{REPORT_SAVED.say(lang, path=options.out)}", {**data, "report": options.out}
    return Answer(text, data, code)
