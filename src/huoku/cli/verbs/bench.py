"""``huoku bench [CASE...]``: our seconds and money beside those of a well-known engine on the same factories."""

import argparse
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import huoku
from huoku.cli.answer import Answer
from huoku.cli.progress import Progress
from huoku.language import Language, Sentence

if sys.platform != "win32":
    import resource


class Case(NamedTuple):
    """A synthetic factory (see ``huoku.examples.make_shop``), and what frePPLe 9.18 needs and reaches on it.

    The peer's figures were measured on two cores, material and lead time constrained; its plans were judged by the
    contract's rules and money. ``None``: it was not measured, or had not finished after 420 seconds.
    """

    items: int
    spread: float
    orders: int | None = None
    peer_seconds: float | None = None
    peer_cost: float | None = None
    peer_late: int | None = None


CASES = {
    "moq1k": Case(1_000, 2.5, 100, peer_seconds=0.1, peer_cost=6_717_884, peer_late=25),
    "1k_flat": Case(1_000, 1.0, peer_seconds=2.0, peer_cost=69_566_793, peer_late=315),
    "1k_skewed": Case(1_000, 2.5, peer_seconds=4.0, peer_cost=62_698_708, peer_late=319),
    "10k_flat": Case(10_000, 1.0, peer_seconds=34.0, peer_cost=735_354_636, peer_late=3_150),
    "10k_skewed": Case(10_000, 2.5, peer_seconds=186.0, peer_late=3_123),
    "100k_flat": Case(100_000, 1.0),
}
SMALLEST = 24
"""A shop has at least so many items."""

USUAL = ("moq1k", "1k_flat", "1k_skewed")

CASE = Sentence(
    zh="{cases}，或物料数（订单数与之相同）；默认 {usual}",
    en="{cases}, or a number of items, with as many orders; default: {usual}",
)
NO_CASE = Sentence(
    zh="“{value}”既不是 {cases}，也不是 {smallest} 以上的整数",
    en="“{value}” is neither one of {cases} nor a whole number of {smallest} or more",
)
WARMING = Sentence(zh="预编译", en="warm")
HEADER = Sentence(
    zh="案例            读取秒  计划CPU秒  内存MB        总成本    迟交 |  frePPLe 9.18 CPU秒    总成本    迟交",
    en="case            read s  plan CPU s   peak MB      total cost    late |  frePPLe 9.18 CPU s  total cost    late",
)


def arguments(parser: argparse.ArgumentParser, lang: Language) -> None:
    cases = ", ".join(CASES)

    def case(text: str) -> tuple[str, Case]:
        if text in CASES:
            return text, CASES[text]
        if text.isdecimal() and int(text) >= SMALLEST:
            return text, Case(int(text), 1.0)
        raise argparse.ArgumentTypeError(NO_CASE.say(lang, value=text, cases=cases, smallest=SMALLEST))

    usual = [(name, CASES[name]) for name in USUAL]
    explained = CASE.say(lang, cases=cases, usual=", ".join(USUAL))
    parser.add_argument("cases", metavar="CASE", nargs="*", type=case, default=usual, help=explained)


def run(options: argparse.Namespace, progress: Progress) -> Answer:
    lang: Language = options.lang
    progress.expect(1 + len(options.cases))
    with progress.stage(WARMING):
        huoku.warm()
    rows = []
    for name, case in options.cases:
        with progress.stage(Sentence(zh=name, en=name)):
            rows.append({"case": name, **measured(case, lang)})
    return Answer("\n".join([HEADER.say(lang), *map(_line, rows)]), {"cases": rows})


def measured(case: Case, lang: Language) -> dict[str, object]:
    """Make the factory, read it, plan it. ``peak_mb`` is the most this process has used so far."""
    with TemporaryDirectory() as folder:
        tables = Path(folder) / "factory"
        huoku.examples.write_shop(tables, case.items, orders=case.orders, spread=case.spread)
        begun = time.perf_counter()
        factory = huoku.read(tables)
        read_seconds = time.perf_counter() - begun
    begun = time.process_time()
    plan = huoku.runner.run(factory, lang=lang)
    return {
        "read_seconds": read_seconds,
        "plan_cpu_seconds": time.process_time() - begun,
        "peak_mb": _peak_mb(),
        "total_cost": plan.figures["total_cost"],
        "late_demands": plan.figures["late_demands"],
        "frepple_cpu_seconds": case.peer_seconds,
        "frepple_total_cost": case.peer_cost,
        "frepple_late_demands": case.peer_late,
    }


def _peak_mb() -> float | None:
    if sys.platform == "win32":  # it does not tell the memory this way
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20) if sys.platform == "darwin" else peak / 1024


def _line(row: Mapping[str, object]) -> str:
    ours = (
        f"{row['case']:<14}{_cell(row['read_seconds'], 8, 2)}{_cell(row['plan_cpu_seconds'], 12, 2)}"
        f"{_cell(row['peak_mb'], 10)}{_cell(row['total_cost'], 16)}{_cell(row['late_demands'], 8)}"
    )
    peers = (
        f"{_cell(row['frepple_cpu_seconds'], 20, 1)}{_cell(row['frepple_total_cost'], 12)}"
        f"{_cell(row['frepple_late_demands'], 8)}"
    )
    return f"{ours} |{peers}"


def _cell(value: object, width: int, digits: int = 0) -> str:
    return f"{value:{width},.{digits}f}" if isinstance(value, int | float) else f"{'-':>{width}}"
