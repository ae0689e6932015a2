"""``huoku plan FACTORY -o OUT``: plan, tell the result in a few lines, save every table."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

import huoku
from huoku.cli.answer import Answer
from huoku.cli.days import day_in
from huoku.cli.folders import free_for_a_plan
from huoku.cli.progress import Progress
from huoku.cli.summary import exit_code_of, summary_data, summary_text
from huoku.cli.what_if import add_what_if, supposed
from huoku.cli.words import FACTORY, LOADING, PLANNING, READING, SAVED, WRITING
from huoku.language import Language, Sentence

OUT = Sentence(
    zh="写到这个文件夹；已有的计划会被整个替换", en="folder to write to; a plan that is there is replaced whole"
)
TODAY = Sentence(
    zh="计划的第一天，例如 2026-01-05（默认：工厂的设置，否则今天）",
    en="first day of the plan, such as 2026-01-05 (default: the factory's own setting, else the day of the run)",
)
FORMAT = Sentence(zh="表的格式（默认 csv）", en="format of the tables (default: csv)")
EFFORT = Sentence(
    zh="设备排满时，为找更好的先后次序最多重排多少个需求；0 只用规则（默认 8000）。只计次数，不计时间",
    en="where machines are full: how many demands are served again in search of a better order of serving them; 0 for "
    "the rules alone (default: 8000). It is counted, not timed",
)
NO_EFFORT = Sentence(
    zh="“{value}”不行；请写 0 或更大的整数，例如 8000",
    en="“{value}” will not do; write a whole number from 0 on, such as 8000",
)
TIMINGS = Sentence(zh="在 stderr 上列出各步用时（秒）", en="print the seconds of each stage on stderr")


def effort_in(lang: Language) -> Callable[[str], int]:
    """The type of the argument ``--effort``; what is wrong with one is said in ``lang``."""

    def effort(text: str) -> int:
        if not text.isdecimal():
            raise argparse.ArgumentTypeError(NO_EFFORT.say(lang, value=text))
        return int(text)

    return effort


def arguments(parser: argparse.ArgumentParser, lang: Language) -> None:
    parser.add_argument("factory", metavar="FACTORY", help=FACTORY.say(lang))
    parser.add_argument("-o", "--out", metavar="OUT", required=True, type=Path, help=OUT.say(lang))
    parser.add_argument("--today", metavar="DATE", type=day_in(lang), help=TODAY.say(lang))
    parser.add_argument("--format", choices=("csv", "parquet"), default="csv", help=FORMAT.say(lang))
    parser.add_argument("--effort", metavar="N", type=effort_in(lang), help=EFFORT.say(lang))
    add_what_if(parser, lang)
    parser.add_argument("--timings", action="store_true", help=TIMINGS.say(lang))


def run(options: argparse.Namespace, progress: Progress) -> Answer:
    lang: Language = options.lang
    free_for_a_plan(options.out, lang)
    progress.expect(4)
    with progress.stage(LOADING):
        read, work_out = huoku.read, huoku.runner.run
    with progress.stage(READING):
        factory = supposed(read(options.factory, today=options.today), options)
    with progress.stage(PLANNING):
        asked = {} if options.effort is None else {"effort": options.effort}
        plan = work_out(factory, lang=lang, progress=progress.step, **asked)
    with progress.stage(WRITING):
        plan.save(options.out, format=options.format)
    seconds = {**progress.seconds, **{f"plan: {name}": value for name, value in plan.timings.items()}}
    if options.timings:
        progress.clear()
        for name, value in seconds.items():
            print(f"{name:<24}{value:9.3f} s", file=sys.stderr)
    text = f"{summary_text(plan, lang)}\n{SAVED.say(lang, path=options.out)}"
    data = {**summary_data(plan), "plan": options.out, "seconds": seconds}
    return Answer(text, data, exit_code_of(plan))
