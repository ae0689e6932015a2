"""What an operator does with numbers of some kind is looked up once.

For each sum, comparison and element of an array in each kernel the compiler asks dozens of candidates, one after the
other, and again whenever it has learnt more about the kinds of numbers around it. The answer is always the same.
"""

from typing import Any

from numba.core.targetconfig import ConfigStack
from numba.core.types import Function


def resolve_once() -> None:
    """Have the compiler remember what it found for an operator and the kinds of its operands."""
    found: dict[Any, Any] = {}
    look_up = Function.get_call_type

    def remembered(operator: Any, context: Any, args: Any, kws: Any) -> Any:
        flags = ConfigStack.top_or_none()  # type: ignore[no-untyped-call]
        # Functions of others, which count references, get answers of their own.
        known = operator, tuple(args), tuple(kws.items()), flags is not None and flags.nrt
        if known not in found:
            found[known] = look_up(operator, context, args, kws)
        return found[known]

    Function.get_call_type = remembered  # type: ignore[assignment,method-assign]
