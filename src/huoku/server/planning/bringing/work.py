"""Open work: what is planned, and what is under way with what it still takes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from huoku.server.ledger.models import Location
from huoku.server.planning.bringing.hands import Hands, Row, said
from huoku.server.planning.reading.columns import MAIN
from huoku.server.production.commands.orders import plan_order
from huoku.server.production.commands.taking_over import take_over_order

Needs = Mapping[str, Sequence[Row]]


def needs_of_open_papers(hands: Hands) -> Needs:
    """By the name of an open work order or transfer, the demands that are what it still takes: ``WO-7/SCREW`` is what
    WO-7 takes of SCREW, ``WO-7/SCREW@EAST`` what of that lies in EAST; ``TR-3/2`` is what line 2 is to carry away."""
    kinds = {row["supply"]: row["kind"] for row in hands.rows("supplies")}
    found: dict[str, list[Row]] = defaultdict(list)
    for row in hands.rows("demands"):
        if row["kind"] != "contract" or row["customer"] is not None:
            continue
        name: str = row["demand"]
        order = name.removesuffix(f"@{row['location']}").removesuffix(f"/{row['item']}")
        if kinds.get(name) == "transfer":
            found[name].append(row)
        elif order != name and kinds.get(order) == "make":
            found[order].append(row)
    return found


def bring_work(hands: Hands, row: Row, needs: Sequence[Row]) -> dict[str, str]:
    """A work order; one that is released is under way, with nothing to take but its ``needs``. Returns these demands
    by name, as the records call them."""
    place = row["location"] or MAIN
    made = hands.do(
        plan_order,
        number=row["supply"],
        item=row["item"],
        qty=said(row["qty"]),
        start_on=min([*(each["due"] for each in needs), row["due"]]) if needs else None,
        due_on=row["due"],
        site=hands.site(place),
        target=place,
        work_in_progress=f"~{Location.Kind.WORK_IN_PROGRESS}",
    )
    if row["status"] == "released":
        open_ones: dict[str, Decimal] = defaultdict(Decimal)
        for each in needs:
            open_ones[each["item"]] += each["qty"]
        takes = [{"item": item, "qty": said(qty)} for item, qty in open_ones.items()]
        hands.do(take_over_order, id=made["id"], takes=takes)
    return {each["demand"]: f"production.order:{made['id']}" for each in needs}
