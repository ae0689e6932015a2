"""What a company bears in its stage: when dead stock is told, and how much of one purchase may be left over."""

from typing import Literal, NamedTuple

Stage = Literal["any", "startup", "growth", "expansion"]
STAGES: dict[str, Stage] = {
    "any": "any",
    "startup": "startup",
    "growth": "growth",
    "expansion": "expansion",
    "不分": "any",
    "初创": "startup",
    "成长": "growth",
    "扩张": "expansion",
}


class Bearing(NamedTuple):
    """Parts of a value, 0 to 1: from where on what is dead is told, and is an alarm; what of a purchase may be left."""

    dead_warn: float
    dead_alarm: float
    excess_limit: float


BY_STAGE: dict[Stage, Bearing] = {
    "any": Bearing(0.10, 0.30, 1.0),
    "startup": Bearing(0.05, 0.10, 0.50),
    "growth": Bearing(0.10, 0.20, 0.75),
    "expansion": Bearing(0.10, 0.30, 1.0),
}
"""The two lines of every company are benchmarks: small factories often have a tenth of their stock dead, custom makers
up to 30 %. How much earlier a younger company has to look is a judgement, not a measurement: it has less cash to lose
and less past to foretell from. Its limits are the grades of the excess share: a start-up buys nothing of which more
than half is left over, a growing company nothing of which more than three quarters is. The owner's own figures come
first.
"""
