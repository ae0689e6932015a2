"""``huoku demo``: a small factory with all four problems, planned, told and shown."""

import argparse
import os
import sys
import webbrowser
from pathlib import Path

import huoku
from huoku.cli.answer import Answer
from huoku.cli.folders import free_for_a_plan
from huoku.cli.progress import Progress
from huoku.cli.summary import decisions_text, summary_data, summary_text
from huoku.cli.typed import command
from huoku.cli.words import PLANNING, READING, REPORT_SAVED, REPORTING, WRITING
from huoku.language import Language, Sentence

ONCE = Sentence(zh="不打开浏览器，做完即退出", en="open no browser: make everything and end")
OUT = Sentence(zh="写到这个文件夹（默认 {folder}）", en="folder to write to (default: {folder})")
FOLDER = Path("huoku-demo")
NEXT = Sentence(
    zh="工厂的数据表在 {factory}，计划在 {plan}。接着可以试：\n"
    "  {huoku} explain {plan} {demand}\n"
    "  {huoku} plan {factory} -o {other}\n"
    "  {huoku} deadstock {factory}",
    en="The factory's tables are in {factory}, the plan is in {plan}. What to try next:\n"
    "  {huoku} explain {plan} {demand}\n"
    "  {huoku} plan {factory} -o {other}\n"
    "  {huoku} deadstock {factory}",
)


def arguments(parser: argparse.ArgumentParser, lang: Language) -> None:
    parser.add_argument("--once", action="store_true", help=ONCE.say(lang))
    parser.add_argument("-o", "--out", metavar="DIR", type=Path, default=FOLDER, help=OUT.say(lang, folder=FOLDER))


def run(options: argparse.Namespace, progress: Progress) -> Answer:
    """Ends with 0 although the demo has late orders: it is made to have them."""
    lang: Language = options.lang
    tables, saved, page = options.out / "factory", options.out / "plan", options.out / "report.html"
    free_for_a_plan(saved, lang)
    progress.expect(4)
    with progress.stage(READING):
        factory = huoku.demo()
    with progress.stage(PLANNING):
        plan = huoku.runner.run(factory, lang=lang)
    with progress.stage(WRITING):
        huoku.examples.write_demo(tables)
        plan.save(saved)
    with progress.stage(REPORTING):
        huoku.write_report(plan, page, lang)
    demand = plan.promises.sort("late_days", descending=True)["demand"][0]
    text = [
        summary_text(plan, lang),
        decisions_text(plan, lang),
        NEXT.say(lang, huoku=command(), factory=tables, plan=saved, demand=demand, other=options.out / "plan-2"),
        REPORT_SAVED.say(lang, path=page),
    ]
    if not options.once and somebody_looks():
        webbrowser.open(page.resolve().as_uri())
    data = {**summary_data(plan), "factory": tables, "plan": saved, "report": page}
    return Answer("\n".join(text), data)


def somebody_looks() -> bool:
    """Is there a screen for a browser? Without one, a text browser would take over the terminal."""
    has_screen = (
        os.name == "nt" or sys.platform == "darwin" or "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    )
    return has_screen and sys.stdout.isatty()
