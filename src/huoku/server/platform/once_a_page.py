"""What several parts of one page ask alike is asked once: while a page is made, and no longer."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Answer = TypeVar("Answer")

_ANSWERS: ContextVar[dict[Hashable, Any] | None] = ContextVar("answers of this page", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Answers are kept until the block ends."""
    token = _ANSWERS.set({})
    try:
        yield
    finally:
        _ANSWERS.reset(token)


def remembered(question: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The answer that this page had already, else a new one."""
    answers = _ANSWERS.get()
    if answers is None:
        return ask()
    if question not in answers:
        answers[question] = ask()
    found: Answer = answers[question]
    return found
