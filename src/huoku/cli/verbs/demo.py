"""``huoku demo``: a small factory with all four problems, planned, told and shown."""

import argparse
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import huoku
from huoku.cli.answer import Answer
from huoku.cli.folders import free_for_a_plan
from huoku.cli.numbers import HIGHEST_PORT, number_in
from huoku.cli.progress import Progress
from huoku.cli.summary import decisions_text, summary_data, summary_text
from huoku.cli.typed import command
from huoku.cli.words import PLANNING, READING, REPORT_SAVED, REPORTING, WRITING
from huoku.errors import UsageError
from huoku.language import Language, Sentence

ONCE = Sentence(
    zh="不打开浏览器：做好，服务器应答一次首页，即退出",
    en="open no browser: make everything, let the server answer its first page once, and end",
)
OUT = Sentence(zh="写到这个文件夹（默认 {folder}）", en="folder to write to (default: {folder})")
SIZE = Sentence(zh="不用演示厂，改用这么多订单的合成工厂", en="a synthetic shop of so many orders instead")
DAYS = Sentence(
    zh="公司已经这样工作了多少天（默认两周，合成工厂 0；365 天要二十多分钟）",
    en="let the company have worked so many days (default: two weeks, a synthetic shop 0; 365 take over 20 minutes)",
)
NO_FUTURE = Sentence(zh="--days 不能是负数。", en="--days is 0 or more.")
NO_SERVER = Sentence(zh="只做数据表、计划和报告，不建服务器", en="tables, plan and report alone, no server")
PORT = Sentence(zh="服务器的端口（默认 8000）", en="the server's port (default 8000)")
FOUNDING = Sentence(zh="建立演示公司", en="founding the demo company")
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
COMPANY = Sentence(
    zh="演示公司在 {data}，用户和密码（只显示这一次，也写在 {file}）：\n{people}",
    en="The demo company is in {data}. Users and passwords (shown once, and kept in {file}):\n{people}",
)
AT = Sentence(zh="活库在 {address}  （停止：Ctrl-C）", en="huoku is at {address}  (stop: Ctrl-C)")
ANSWERED = Sentence(zh="{address} 应答 {status}", en="{address} answered {status}")
PASSWORDS = "passwords.txt"


def arguments(parser: argparse.ArgumentParser, lang: Language) -> None:
    parser.add_argument("--once", action="store_true", help=ONCE.say(lang))
    parser.add_argument(
        *("-o", "--out", "--data"), metavar="DIR", type=Path, default=FOLDER, help=OUT.say(lang, folder=FOLDER)
    )
    parser.add_argument("--size", metavar="ORDERS", type=int, help=SIZE.say(lang))
    parser.add_argument("--days", type=int, help=DAYS.say(lang))
    parser.add_argument("--port", metavar="N", type=number_in(1, HIGHEST_PORT, lang), default=8000, help=PORT.say(lang))
    parser.add_argument("--no-server", action="store_true", help=NO_SERVER.say(lang))


def run(options: argparse.Namespace, progress: Progress) -> Answer:
    """Ends with 0 although the demo has late orders: it is made to have them."""
    lang: Language = options.lang
    if options.days is not None and options.days < 0:
        raise UsageError(NO_FUTURE.say(lang))
    company = options.out / "server"
    if not options.no_server and company.exists():
        return _served(options, company, [], {})
    tables, saved, page = options.out / "factory", options.out / "plan", options.out / "report.html"
    free_for_a_plan(saved, lang)
    progress.expect(4 + (not options.no_server))
    with progress.stage(READING):
        if options.size:
            huoku.examples.write_shop(tables, options.size)
            factory = huoku.read(tables)
        else:
            factory = huoku.demo()
            huoku.examples.write_demo(tables)
    with progress.stage(PLANNING):
        plan = huoku.runner.run(factory, lang=lang)
    with progress.stage(WRITING):
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
    data = {**summary_data(plan), "factory": tables, "plan": saved, "report": page}
    if not options.once and somebody_looks():
        webbrowser.open(page.resolve().as_uri())
    if options.no_server:
        return Answer("\n".join(text), data)
    with progress.stage(FOUNDING), whole_or_not_at_all(company):
        from huoku.server.running.demo import found_demo

        demo = found_demo(company.absolute(), factory, 0 if options.size and options.days is None else options.days)
    kept = options.out / PASSWORDS
    people = "\n".join(f"  {login:16} {password}" for login, password in demo.passwords.items())
    kept.touch(mode=0o600)
    kept.write_text(people + "\n", encoding="utf-8")
    text.append(COMPANY.say(lang, data=company, file=kept, people=people))
    return _served(options, company, text, data)


@contextmanager
def whole_or_not_at_all(folder: Path) -> Iterator[None]:
    """A folder that is being made goes where its making fails or is broken off, so that nobody takes it for done."""
    try:
        yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _served(options: argparse.Namespace, company: Path, text: list[str], data: dict[str, object]) -> Answer:
    """Serve the company until somebody stops it; with ``--once`` until it has answered its first page."""
    address = f"http://127.0.0.1:{options.port}/"
    if options.once:
        status = first_answer(company, options.port)
        text.append(ANSWERED.say(options.lang, address=address, status=status))
        return Answer("\n".join(text), {**data, "address": address, "status": status}, 0 if status == 200 else 5)
    print("\n".join([*text, AT.say(options.lang, address=address)]), file=sys.stderr, flush=True)
    subprocess.run([*_serving(company, options.port)], check=False)
    return Answer("")


def _serving(company: Path, port: int) -> list[str]:
    return [sys.executable, "-m", "huoku", "serve", "--data", str(company), "--port", str(port)]


def first_answer(company: Path, port: int) -> int:
    """Start the server, ask its first page once, stop it; the status that it answered, 0 where it never did."""
    address = f"http://127.0.0.1:{port}/"
    with subprocess.Popen([*_serving(company, port), "--no-worker"], stderr=subprocess.DEVNULL) as server:
        try:
            for _ in range(LONGEST_START * 10):
                try:
                    with urllib.request.urlopen(address, timeout=10) as answer:
                        return int(answer.status)
                except urllib.error.HTTPError as refused:
                    return int(refused.code)
                except OSError:
                    if server.poll() is not None:
                        return 0
                    time.sleep(0.1)
            return 0
        finally:
            server.terminate()


LONGEST_START = 60
"""Seconds that a server may take to answer for the first time."""


def somebody_looks() -> bool:
    """Is there a screen for a browser? Without one, a text browser would take over the terminal."""
    has_screen = (
        os.name == "nt" or sys.platform == "darwin" or "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    )
    return has_screen and sys.stdout.isatty()
