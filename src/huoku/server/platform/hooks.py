"""Where apps above the platform join in: commands cannot import upward, so they ask here.

An app fills a point in its ``extends.py``, which is loaded at the start:

    hooks.CHECK.fill("ledger.move", forbid_moves_during_stocktaking)

- ``CHECK``: called before a command's body as ``check(at, request)``; refuses by raising ``Refused``.
- ``APPROVE``: called as ``approve(at, command, request)``; returns why a second person has to approve, or "".
- ``DEDUCT``: called as ``deduct(at, request, lines)`` by a report of work (``production.report_operation``) with what
  it is about to consume; returns the lines to consume instead.
"""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

F = TypeVar("F", bound=Callable[..., Any])
EVERY = "*"


class Point(Generic[F]):
    """One place to join in; what fills it is called in the order of filling."""

    def __init__(self) -> None:
        self._filled: dict[str, list[F]] = {}

    def fill(self, command: str, function: F) -> F:
        """Join in at the command of this name, or at ``EVERY`` one."""
        self._filled.setdefault(command, []).append(function)
        return function

    def empty(self, command: str, function: F) -> None:
        """Take it out again."""
        self._filled[command].remove(function)

    def of(self, command: str) -> list[F]:
        return [*self._filled.get(EVERY, ()), *self._filled.get(command, ())]


CHECK: Point[Callable[[Any, Any], None]] = Point()
APPROVE: Point[Callable[[Any, Any, Any], str]] = Point()
DEDUCT: Point[Callable[[Any, Any, list[Any]], list[Any]]] = Point()


def lines_to_take(at: Any, command: str, request: Any, lines: list[Any]) -> list[Any]:
    """``lines`` as all deduction rules of this command leave them, in their order."""
    for deduct in DEDUCT.of(command):
        lines = deduct(at, request, lines)
    return lines
