"""What a chat house's robot answers: HTTP 200 in any case, and whether it took the message in a number."""

import json
from collections.abc import Iterable

from huoku.server.notices.faults import BUSY, REFUSED, NotDelivered


def must_be_taken(answer: bytes, codes: Iterable[str], words: Iterable[str], busy: frozenset[int]) -> None:
    """Raises NotDelivered where none of the fields ``codes`` is 0. ``busy``: the numbers that mean: not now."""
    try:
        told = json.loads(answer)
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise NotDelivered(REFUSED, "?")
    code = next((told[each] for each in codes if each in told), None)
    if code != 0:
        why = next((str(told[each]) for each in words if each in told), "")
        raise NotDelivered(BUSY if code in busy else REFUSED, f"{code} {why}")
