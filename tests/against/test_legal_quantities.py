"""The smallest legal quantity above and the largest below, against trying every quantity."""

from hypothesis import given
from hypothesis import strategies as st

from huoku.buy.terms import legal_down, legal_up, order_count, price_at

from .one_item import Item, Offer, kernel_arrays

prices = st.sampled_from((1.0, 2.5, 0.4))
ladders = st.lists(st.tuples(st.integers(2, 40), prices), max_size=3, unique_by=lambda tier: tier[0]).map(sorted)
offers = st.builds(
    lambda price, ladder, moq, multiple, least: Offer(((0, price), *ladder), moq, multiple, min_value=least),
    prices,
    ladders,
    st.integers(0, 45),
    st.integers(1, 9),
    st.sampled_from((0.0, 12.0)),
)


@given(offers, st.integers(1, 60))
def test_legal_up_is_the_smallest_legal_quantity_that_covers(offer: Offer, wanted: int) -> None:
    terms = kernel_arrays(Item((offer,), ((1, 1),)))[0]
    assert legal_up(terms, 0, wanted) == next(qty for qty in range(wanted, 1_000) if offer.allows(qty))


@given(offers, st.integers(1, 60))
def test_legal_down_is_the_largest_legal_quantity_that_fits(offer: Offer, wanted: int) -> None:
    terms = kernel_arrays(Item((offer,), ((1, 1),)))[0]
    assert legal_down(terms, 0, wanted) == next((qty for qty in range(wanted, 0, -1) if offer.allows(qty)), 0)


@given(offers)
def test_a_legal_quantity_has_the_price_of_its_break(offer: Offer) -> None:
    terms = kernel_arrays(Item((offer,), ((1, 1),)))[0]
    for qty in filter(offer.allows, range(1, 61)):
        assert price_at(terms, 0, qty) == offer.price(qty)


def splits(qty: int, low: int, multiple: int, high: int) -> bool:
    """Can a quantity be made as orders of ``low`` to ``high``, each in whole multiples?"""
    sizes = [size for size in range(multiple, high + 1, multiple) if size >= low]
    reached = {0}
    while reached and qty not in reached:
        reached = {done + size for done in reached for size in sizes if done + size <= qty}
    return qty in reached


@given(st.integers(1, 12), st.integers(1, 4), st.integers(0, 8), st.integers(1, 70))
def test_a_quantity_above_the_largest_lot_is_one_that_can_be_split(
    low: int, multiple: int, more: int, wanted: int
) -> None:
    low = -(-low // multiple) * multiple
    high = low + more * multiple
    terms = kernel_arrays(Item((Offer(((0, 1.0),), moq=low, multiple=multiple),), ((1, 1),)))[0]
    terms.lot_max[0] = high
    up, down = legal_up(terms, 0, wanted), legal_down(terms, 0, wanted)
    # Raised to whole multiples and to what can be split, never further.
    assert up == next(qty for qty in range(wanted, 2_000) if qty % multiple == 0 and splits(qty, low, multiple, high))
    assert down == next(
        (qty for qty in range(wanted, 0, -1) if qty % multiple == 0 and splits(qty, low, multiple, high)), 0
    )
    assert order_count(terms, 0, up) == -(-up // high)
