"""What a paper comes to by its lines, worked out by the database when it is asked for: nothing of it is stored."""

from collections.abc import Mapping

from django.db.models import BigIntegerField, Case, DecimalField, F, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Floor
from django.db.models.lookups import GreaterThan

from huoku.server.platform.exact import BY_DIGITS, FINEST, minor_digits

WIDE = DecimalField(max_digits=38, decimal_places=0)
"""A quantity in steps times a price in millionths is no number of 64 bits."""

Reckoned = Mapping[str, Combinable]


def worth(steps: str, price: str, decimals: str, currency: str) -> Combinable:
    """Quantity times price in the smallest amount of the currency, half of it rounded up; empty without a price.

    Each is the way to a column, ``decimals`` to those of the item.
    """
    coins = [
        When(**{f"{currency}__in": codes}, then=Value(10 ** (FINEST - digits))) for digits, codes in BY_DIGITS.items()
    ]
    coin = Case(*coins, default=Value(10 ** (FINEST - minor_digits(""))), output_field=BigIntegerField())
    step = Case(
        *(When(**{decimals: digits}, then=Value(10**digits)) for digits in range(FINEST + 1)),
        output_field=BigIntegerField(),
    )
    divisor = Cast(coin, WIDE) * Cast(step, WIDE)
    product = Cast(F(steps), WIDE) * Cast(F(price), WIDE)
    return Cast(Floor((product * 2 + divisor) / (divisor * 2), output_field=WIDE), BigIntegerField())


def part(of: str, whole: Combinable) -> Combinable:
    """What part of a quantity another is, in millionths; empty where there is nothing to be a part of. Both in steps.
    ``of``: the way to a column."""
    amount = Cast(whole, WIDE)
    found = Cast(Floor(Cast(F(of), WIDE) * 10**FINEST / amount, output_field=WIDE), BigIntegerField())
    return Case(When(Q(GreaterThan(whole, Value(0))), then=found))
