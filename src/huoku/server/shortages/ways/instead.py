"""Something else instead: a substitute of the item master, or something alike that an engineer answers for."""

from collections.abc import Iterator
from fractions import Fraction
from math import ceil

from django.db.models import F

from huoku.language import Sentence
from huoku.server.items.models import Item
from huoku.server.ledger.models import Location, StockHead
from huoku.server.production.commands.substitutes import IssueSubstitute, issue_substitute
from huoku.server.production.components import replaced
from huoku.server.production.models import WorkComponent
from huoku.server.production.substitutes import allowed_for
from huoku.server.shortages.lacking import look_around
from huoku.server.shortages.models import Way
from huoku.server.shortages.ways.look import Doing, Found, Look, Outcome, said, units

ALIKE = Fraction(1, 2)
"""So large a part of the item's attributes has to be the same."""
MOST_ALIKE = 3
LISTED = Sentence("替代料 {quantity}，在 {place}。", "The substitute {quantity} at {place}.")
SIMILAR = Sentence(
    "{quantity}，在 {place}：{total} 项属性有 {same} 项相同{differing}；要工程师确认不影响质量。",
    "{quantity} at {place}: {same} of {total} {total|attribute|attributes} {same|is|are} the "
    "same{differing}. An engineer has to confirm that the "
    "quality does not suffer.",
)


def substitutes(look: Look) -> Iterator[Found]:
    """What the item master allows, as far as it lies at one place."""
    allowed = allowed_for(look.at.company_id, look.order, look.component)
    items = Item.objects.of(look.at.company_id).in_bulk([each.item for each in allowed])
    for each in allowed:
        if found := _at_one_place(look, items[each.item], each.ratio):
            place, steps, covers = found
            values: dict[str, object] = {"quantity": said(items[each.item], steps), "place": place}
            yield _found(look, Way.Kind.SUBSTITUTE, items[each.item], steps, covers, LISTED, values, str(each.ratio))


def near_matches(look: Look) -> Iterator[Found]:
    """What has free stock here, the same unit, and half of its attributes or more the same; the most alike first."""
    mine = look.item.attributes
    alike = _alike(look) if mine else []
    look.picture.free |= look_around(look.at, [item.pk for item, _ in alike]).free if alike else {}
    for item, same in alike:
        if found := _at_one_place(look, item, Fraction(1)):
            place, steps, covers = found
            other = [name for name in sorted(mine) if item.attributes.get(name) != mine[name]]
            values: dict[str, object] = {
                "quantity": said(item, steps),
                "place": place,
                "same": same,
                "total": len(mine),
                "differing": f" ({', '.join(other)})" if other else "",
            }
            yield _found(look, Way.Kind.NEAR_MATCH, item, steps, covers, SIMILAR, values, "1")


def _alike(look: Look) -> list[tuple[Item, int]]:
    mine = look.item.attributes
    free = StockHead.objects.of(look.at.company_id).filter(on_hand__gt=F("reserved"), debt=0).values("item")
    rows = Item.objects.of(look.at.company_id).filter(pk__in=free, unit=look.item.unit, is_active=True)
    listed = {each.item for each in allowed_for(look.at.company_id, look.order, look.component)}
    ours = set(WorkComponent.objects.of(look.at.company_id).filter(order=look.order).values_list("item", flat=True))
    counted = [
        (item, sum(item.attributes.get(name) == value for name, value in mine.items()))
        for item in rows.exclude(pk__in=listed | ours)
    ]
    alike = [(item, same) for item, same in counted if Fraction(same, len(mine)) >= ALIKE]
    return sorted(alike, key=lambda each: (-each[1], each[0].code))[:MOST_ALIKE]


def _at_one_place(look: Look, item: Item, ratio: Fraction) -> tuple[str, int, int] | None:
    """Place, steps of the item, and what they cover of what is missing."""
    units = Fraction(look.missing, 10**look.item.decimals) * ratio
    for place, free in look.free_here(item.pk).items():
        steps = min(free, ceil(units * 10**item.decimals))
        stand_in = WorkComponent(item=item, ratio=str(ratio))
        covers = min(look.missing, replaced(stand_in, look.component, steps))
        if covers:
            return Location.objects.of(look.at.company_id).get(pk=place).code, steps, covers
    return None


def _found(
    look: Look,
    kind: Way.Kind,
    item: Item,
    steps: int,
    covers: int,
    words: Sentence,
    values: dict[str, object],
    ratio: str,
) -> Found:
    facts = {"place": values["place"], "ratio": ratio}
    spend = look.dearer(item, steps, covers)
    return Found(kind, item, steps, covers, look.at.today, words, values, facts, spend=spend)


def issue_it(doing: Doing) -> Outcome:
    """Bring it to the work of the order. What is not listed is issued under the risk that the way names."""
    look, way = doing.look, doing.way
    is_listed = way.kind == Way.Kind.SUBSTITUTE
    issued = IssueSubstitute(
        id=look.order.pk,
        line=look.component.seq,
        substitute=way.item.code,
        quantity=units(way.item, way.qty_steps),
        from_location=way.facts["place"],
        ratio=way.facts["ratio"],
        risk="" if is_listed else way.text_zh,
        reason=look.case.number,
    )
    issue_substitute(look.at, issued)
    return Outcome(look.order.ledger_name, look.at.today)
