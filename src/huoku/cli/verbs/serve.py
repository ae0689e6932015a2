"""``huoku serve``: run the server until it is stopped."""

import argparse
import sys

from huoku.cli.answer import Answer
from huoku.cli.numbers import HIGHEST_PORT, MOST_PROCESSES, number_in
from huoku.cli.progress import Progress
from huoku.cli.server import DATA, begin
from huoku.errors import UsageError
from huoku.language import Language, Sentence

HOST = Sentence(
    zh="监听的地址（默认：本机；0.0.0.0：局域网都能访问）",
    en="address to listen on (default: this machine; 0.0.0.0: the network)",
)
PORT = Sentence(zh="端口（默认 8000，https 时 8443）", en="port (default 8000, with https 8443)")
HTTPS = Sentence(
    zh="用自己的证书机构提供 https，并给手机一个安装页", en="https by an authority of our own, with a page for phones"
)
INTRODUCTION = Sentence(zh="手机安装页的端口（默认 8080）", en="port of the page for phones (default 8080)")
PROCESSES = Sentence(
    zh="进程数（默认：SQLite 1，PostgreSQL 2）", en="processes (default: 1 on SQLite, 2 on PostgreSQL)"
)
NO_WORKER = Sentence(zh="不启动后台任务", en="without the background jobs")
AT = Sentence(zh="活库在 {address}  （停止：Ctrl-C）", en="huoku is at {address}  (stop: Ctrl-C)")
PHONES = Sentence(zh="手机首次使用请扫码或打开 {address}", en="Phones, the first time: scan this or open {address}")
UPGRADE = Sentence(
    zh="数据库需要升级：请先运行 huoku upgrade", en="The database needs an upgrade: run `huoku upgrade` first"
)
TAKEN = Sentence(
    zh="{address} 已经有程序在用：请先停掉它，或用 --port 换一个端口",
    en="something answers at {address} already: stop it, or choose another port with --port",
)
NOT_THERE = Sentence(
    zh="不能监听 {address}（{reason}）：请检查 --host 和 --port，1024 以下的端口要有权限",
    en="{address} cannot be listened at ({reason}): look at --host and --port; ports below 1024 want permission",
)
THREADS = 4
HERE = ("127.0.0.1", "localhost", "::1")


def arguments(parser: argparse.ArgumentParser, lang: Language) -> None:
    parser.add_argument("--data", metavar="FOLDER", help=DATA.say(lang))
    parser.add_argument("--host", default="", help=HOST.say(lang))
    port, processes = number_in(1, HIGHEST_PORT, lang), number_in(1, MOST_PROCESSES, lang)
    parser.add_argument("--port", metavar="N", type=port, help=PORT.say(lang))
    parser.add_argument("--https", action="store_true", help=HTTPS.say(lang))
    parser.add_argument("--introduction-port", metavar="N", type=port, default=8080, help=INTRODUCTION.say(lang))
    parser.add_argument("--processes", metavar="N", type=processes, help=PROCESSES.say(lang))
    parser.add_argument("--no-worker", action="store_true", help=NO_WORKER.say(lang))


def run(options: argparse.Namespace, progress: Progress) -> Answer:
    lang: Language = options.lang
    host = options.host or ("0.0.0.0" if options.https else "127.0.0.1")
    settings = begin(options.data, https=options.https, in_network=host not in HERE)
    from huoku.server.running.introduction import print_code
    from huoku.server.running.serving import Plan, certificates, is_taken, processes_wanted, serve, why_not_there
    from huoku.server.running.upgrade import state

    if state().pending:
        raise UsageError(UPGRADE.say(lang))
    plan = Plan(
        host=host,
        port=options.port or (8443 if options.https else 8000),
        https=options.https,
        introduction_port=options.introduction_port,
        processes=options.processes or processes_wanted(),
        threads=THREADS,
        with_worker=not options.no_worker,
    )
    if is_taken(plan.host, plan.port):
        raise UsageError(TAKEN.say(lang, address=plan.address))
    if why := why_not_there(plan.host, plan.port):
        raise UsageError(NOT_THERE.say(lang, address=plan.address, reason=why))
    made = certificates(settings.data, list(settings.hosts)) if options.https else None
    print(AT.say(lang, address=plan.address), file=sys.stderr, flush=True)
    if made:
        print(PHONES.say(lang, address=plan.introduction), file=sys.stderr)
        if sys.stderr.isatty():
            print_code(plan.introduction, sys.stderr)
    serve(plan, made)
    return Answer("")
