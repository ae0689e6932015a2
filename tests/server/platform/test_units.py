"""Quantities go from one unit to another and nothing is lost on the way."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huoku.server.platform.units import UNITS, Conversion, NotConvertible, Rounding, ratio, stepped

ratios = st.fractions(min_value=Fraction(1, 10_000), max_value=10_000, max_denominator=10_000)
decimals = st.integers(0, 6)
steps = st.integers(-(10**12), 10**12)


def test_a_reel_of_three_metres_and_a_third_is_reserved_up_promised_down_and_shown_half_even():
    third = Fraction(10, 3)
    assert [stepped(third, 2, way).steps for way in (Rounding.UP, Rounding.DOWN)] == [334, 333]
    assert [stepped(Fraction(n, 2), 0, Rounding.HALF_EVEN).steps for n in (1, 3, 5)] == [0, 2, 2]
    assert stepped(third, 2, Rounding.UP).remainder == Fraction(-1, 150)


def test_kilograms_inches_and_dozens_are_exact():
    assert ratio("t", "kg") == 1000 and ratio("jin", "kg") == Fraction(1, 2)
    assert ratio("inch", "mm") == Fraction(127, 5) and ratio("dozen", "pcs") == 12


def test_a_box_holds_as_many_as_its_item_says_and_no_table_knows():
    with pytest.raises(NotConvertible):
        ratio("box", "pcs")
    with pytest.raises(NotConvertible):
        ratio("kg", "m")
    assert ratio("box", "box") == 1 and ratio("own unit", "own unit") == 1


def test_every_unit_has_a_name_in_both_languages():
    assert all(unit.name.zh and unit.name.en and unit.in_base > 0 for unit in UNITS.values())


@given(steps, ratios, decimals, decimals, st.sampled_from(Rounding))
def test_there_and_back_loses_nothing_but_what_the_remainder_says(count, factor, here, there, way):
    """I17."""
    conversion = Conversion(factor, version=2)
    gone = conversion.convert(count, here, there, way)
    back = (Fraction(gone.steps, 10**there) + gone.remainder) * conversion.inverse.ratio
    assert back == Fraction(count, 10**here)
    if gone.remainder == 0:
        assert conversion.inverse.convert(gone.steps, there, here, way).steps == count


@given(st.fractions(max_denominator=10**6), decimals)
def test_up_is_enough_down_is_never_too_much_and_none_is_a_step_off(quantity, digits):
    up, down, shown = (stepped(quantity, digits, way) for way in Rounding)
    assert up.remainder <= 0 <= down.remainder
    assert all(abs(each.remainder) < Fraction(1, 10**digits) for each in (up, down, shown))
    assert abs(shown.remainder) <= Fraction(1, 2 * 10**digits)
