"""The progress bar: one line on stderr, drawn only where somebody looks at a terminal."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

from huoku.language import Language, Sentence

WIDTH = 24
WIPE = "\r\x1b[K"

STEPS = {
    "compile": Sentence(
        "首次大型计划：先编译计算核心，不到半分钟，仅此一次",
        "first large plan: compiling, less than half a minute, only once",
    ),
    "load": Sentence("装入计算核心", "loading the kernels"),
    "build": Sentence("展开物料清单", "exploding the BOM"),
    "promise": Sentence("答复交期", "promising"),
    "net": Sentence("净需求与批量", "netting, lots and sources"),
    "tables": Sentence("写出原因", "writing the reasons"),
}
"""What the planner's steps are called (see ``huoku.plan.plan``)."""


class Progress:
    """Stages of one command, with the seconds that each took (``seconds``, by the stage's English name)."""

    def __init__(self, lang: Language, *, wanted: bool | None = None):
        self.lang = lang
        self.seconds: dict[str, float] = {}
        self._stages = 0
        self._drawing = sys.stderr.isatty() if wanted is None else wanted

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.clear()

    def expect(self, stages: int) -> None:
        """Say how many stages there will be; without this the bar has no length and is not drawn."""
        self._stages = stages

    @contextmanager
    def stage(self, name: Sentence) -> Iterator[None]:
        """One stage of the work, drawn while it runs and timed."""
        if self._stages:
            done = WIDTH * len(self.seconds) // self._stages
            self._draw(f"{WIPE}[{'#' * done}{'.' * (WIDTH - done)}] {name.say(self.lang)} ")
        begun = time.perf_counter()
        yield
        self.seconds[name.en] = time.perf_counter() - begun

    def step(self, name: str) -> None:
        """One step inside the planning stage, by the planner's name for it."""
        done = WIDTH * len(self.seconds) // max(1, self._stages)
        if self._stages and name in STEPS:
            self._draw(f"{WIPE}[{'#' * done}{'.' * (WIDTH - done)}] {STEPS[name].say(self.lang)} ")

    def clear(self) -> None:
        """Take the bar away, before something else is written to the terminal."""
        self._draw(WIPE)

    def _draw(self, text: str) -> None:
        if self._drawing:
            sys.stderr.write(text)
            sys.stderr.flush()
