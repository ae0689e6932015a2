"""Units of measure, and exact conversions between them.

A quantity is a whole number of steps; a step is 10^-decimals of its item's unit. A conversion is a ratio of whole
numbers, and what does not come out in whole steps is handed back as a remainder, to be recorded and never lost.
"""

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from huoku.language import Sentence
from huoku.server.platform.refusals import Refused


class NotConvertible(Refused):
    code = "not_convertible"
    words = Sentence("{value} 不能换算成 {to}。", "{value} cannot be converted to {to}.")


@dataclass(frozen=True, slots=True)
class Unit:
    """``in_base``: how much of its dimension's base unit it is. Units of packing have a dimension of their own: how
    many pieces a box holds, each item says itself."""

    code: str
    name: Sentence
    dimension: str
    in_base: Fraction = Fraction(1)


def _units(*rows: tuple[str, str, str, str, str]) -> dict[str, Unit]:
    return {code: Unit(code, Sentence(zh, en), dimension, Fraction(size)) for code, zh, en, dimension, size in rows}


UNITS = _units(
    ("pcs", "个", "piece", "count", "1"),
    ("pair", "双", "pair", "count", "2"),
    ("dozen", "打", "dozen", "count", "12"),
    ("kpcs", "千个", "thousand pieces", "count", "1000"),
    ("set", "套", "set", "set", "1"),
    ("box", "盒", "box", "box", "1"),
    ("carton", "箱", "carton", "carton", "1"),
    ("bag", "袋", "bag", "bag", "1"),
    ("roll", "卷", "roll", "roll", "1"),
    ("reel", "盘", "reel", "reel", "1"),
    ("sheet", "张", "sheet", "sheet", "1"),
    ("bar", "支", "bar", "bar", "1"),
    ("mg", "毫克", "milligram", "mass", "1/1000"),
    ("g", "克", "gram", "mass", "1"),
    ("kg", "千克", "kilogram", "mass", "1000"),
    ("t", "吨", "tonne", "mass", "1000000"),
    ("jin", "斤", "jin", "mass", "500"),
    ("um", "微米", "micrometre", "length", "1/1000"),
    ("mm", "毫米", "millimetre", "length", "1"),
    ("cm", "厘米", "centimetre", "length", "10"),
    ("m", "米", "metre", "length", "1000"),
    ("km", "千米", "kilometre", "length", "1000000"),
    ("inch", "英寸", "inch", "length", "25.4"),
    ("cm2", "平方厘米", "square centimetre", "area", "1/10000"),
    ("m2", "平方米", "square metre", "area", "1"),
    ("ml", "毫升", "millilitre", "volume", "1/1000"),
    ("l", "升", "litre", "volume", "1"),
    ("m3", "立方米", "cubic metre", "volume", "1000"),
    ("s", "秒", "second", "time", "1"),
    ("min", "分钟", "minute", "time", "60"),
    ("h", "小时", "hour", "time", "3600"),
)


def ratio(unit: str, to: str) -> Fraction:
    """How many ``to`` one ``unit`` is. Raises NotConvertible.

    >>> ratio("kg", "g"), ratio("mm", "inch")
    (Fraction(1000, 1), Fraction(5, 127))
    """
    if unit == to:
        return Fraction(1)
    here, there = UNITS.get(unit), UNITS.get(to)
    if here is None or there is None or here.dimension != there.dimension:
        raise NotConvertible(field="unit", value=unit, to=to)
    return here.in_base / there.in_base


class Rounding(Enum):
    """Which way a quantity goes that is no whole number of steps."""

    UP = "up"
    """What is reserved or ordered: enough, never too little."""
    DOWN = "down"
    """What is promised: never more than there is."""
    HALF_EVEN = "half_even"
    """What is shown."""


@dataclass(frozen=True, slots=True)
class Stepped:
    """``steps`` x ``step`` + ``remainder`` is the quantity, exactly. Rounded up, the remainder is below zero."""

    steps: int
    remainder: Fraction
    """In the unit. Not 0: a rounding row has to be recorded beside what is moved."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """One unit is ``ratio`` of the other. The ``version`` is recorded with what was converted: a ratio that is
    corrected later changes nothing that was."""

    ratio: Fraction
    version: int = 1

    @property
    def inverse(self) -> "Conversion":
        return Conversion(1 / self.ratio, self.version)

    def convert(self, steps: int, decimals: int, to_decimals: int, rounding: Rounding) -> Stepped:
        """Steps of 10^-decimals of the one unit as steps of 10^-to_decimals of the other.

        >>> Conversion(Fraction(1, 3)).convert(10, 0, 2, Rounding.DOWN)
        Stepped(steps=333, remainder=Fraction(1, 300))
        """
        return stepped(Fraction(steps, 10**decimals) * self.ratio, to_decimals, rounding)


def stepped(quantity: Fraction, decimals: int, rounding: Rounding) -> Stepped:
    """A quantity as whole steps of 10^-decimals, and what is left."""
    exact = quantity * 10**decimals
    steps = {
        Rounding.UP: lambda: -(-exact.numerator // exact.denominator),
        Rounding.DOWN: lambda: exact.numerator // exact.denominator,
        Rounding.HALF_EVEN: lambda: round(exact),
    }[rounding]()
    return Stepped(steps, quantity - Fraction(steps, 10**decimals))
