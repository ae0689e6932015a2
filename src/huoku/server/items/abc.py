"""ABC classes: few items make up most of the value that a factory uses."""

from collections.abc import Mapping
from decimal import Decimal


def abc_classes(value_of_use: Mapping[str, Decimal], a_share: float = 0.8, b_share: float = 0.15) -> dict[str, str]:
    """A, B or C by item.

    A: the items of highest value that make up ``a_share`` of the total, the one that reaches it among them; B: the
    next, up to ``a_share + b_share``; C: the rest, and whatever is not used. Equal values go by name.
    """
    total = sum(value_of_use.values(), Decimal(0))
    a_ends = total * Decimal(str(a_share))
    b_ends = a_ends + total * Decimal(str(b_share))
    classes, before = {}, Decimal(0)
    for item, value in sorted(value_of_use.items(), key=lambda pair: (-pair[1], pair[0])):
        classes[item] = "C" if not value else "A" if before < a_ends else "B" if before < b_ends else "C"
        before += value
    return classes
