"""A way of which less is wanted than it gives: the same, for a part of what is missing."""

from typing import Any

from huoku.language import Sentence
from huoku.server.shortages.combining import covers, spent_alone
from huoku.server.shortages.models import Way
from huoku.server.shortages.ways.look import first_of, said

PART = Sentence("{way_zh}（其中 {qty}）", "{way_en} (of it {qty})")


def for_a_part(way: Way, part: int) -> Way:
    """``way`` for ``part`` of what is missing; not saved. All of it remains as it is."""
    whole = covers(way)
    if part >= whole:
        return way
    way.spend_minor, way.is_whole = spent_alone(way, part), False
    way.qty_steps = -(-way.qty_steps * part // whole)
    way.facts = {**way.facts, **_facts(way.facts, part, whole)}
    qty = said(way.case.item, part)
    words = {"way_zh": way.text_zh.rstrip("。"), "way_en": way.text_en.rstrip(".")}
    way.text_zh, way.text_en = PART.say("zh", qty=qty, **words)[:400], PART.say("en", qty=qty, **words)[:400]
    return way


def _facts(facts: dict[str, Any], part: int, whole: int) -> dict[str, Any]:
    """What doing it goes by, for the part: places and reservations are taken in their order, of what is on its way
    first what is kept for the order already."""
    smaller: dict[str, Any] = {"covers": part, "later": min(part, facts.get("later", 0))}
    alone, fixed = facts.get("alone"), facts.get("fixed", 0)
    if alone is not None:
        smaller["alone"] = int(fixed - (-(alone - fixed) * part // whole))
    for name in ("places", "reservations"):
        if name in facts:
            smaller[name] = first_of(facts[name], part)
    if "supplies" in facts:
        free = sum(steps for _, _, steps in facts["supplies"])
        smaller["supplies"] = _first_supplies(facts["supplies"], max(0, part - (whole - free)))
    return smaller


def _first_supplies(supplies: list[list[int]], steps: int) -> list[list[int]]:
    found = []
    for supply, location, quantity in supplies:
        if taken := min(quantity, steps):
            found.append([supply, location, taken])
            steps -= taken
    return found
