"""Reasons of the figures of kitting: which orders are complete, and why an order lacks what it lacks."""

from collections.abc import Callable, Mapping
from fractions import Fraction

from django.http import Http404
from django.urls import reverse

from huoku.language import Sentence
from huoku.server.look.speaking import language
from huoku.server.office.reasons import MOST, Asked, Reason, Row, why
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.production.kits import Kit, Kitting, chosen
from huoku.server.production.models import WorkOrder
from huoku.server.production.queries.kitting import kit_of, kitting
from huoku.server.production.rights import READ
from huoku.server.shopfloor.asking import choice_asked, service_asked
from huoku.server.shopfloor.words import WORDS

OPEN = Sentence("还要做的", "still to be made")
ENOUGH = Sentence("{item} 够做", "what is here of {item} suffices for")
ORDERED, DONE = Sentence("下单", "ordered"), Sentence("已做好和报废", "made or scrapped")
BEYOND = Sentence("多做的不算", "what is above does not count")
TAKEN = Sentence("现货里归它的", "of the stock, its own")


def may_read(actor: Actor) -> bool:
    return actor.may(READ)


def _every(actor: Actor, asked: Asked) -> Kitting:
    return chosen(kitting(actor, service_asked(asked.more)), choice_asked(asked.more))


def one_kit(actor: Actor, order_id: int, asked: Mapping[str, str]) -> Kit:
    """One order, served among all others, or (``alone``) as if it were the only one. Raises Http404."""
    service = service_asked(asked)
    if asked.get("service") == "alone":
        kit = next(iter(kitting(actor, service, [order_id]).kits), None)
    else:
        kit = kit_of(actor, order_id, service)
    if kit is None:
        raise Http404
    return kit


def _counted(is_one: Callable[[Kit], bool]) -> Callable[[Actor, Asked], Reason]:
    def told(actor: Actor, asked: Asked) -> Reason:
        kits = sorted(_every(actor, asked).kits, key=lambda kit: not is_one(kit))
        first, left = kits[:MOST], kits[MOST:]
        further = (len(left), Fraction(sum(map(is_one, left))))
        return Reason(
            "", [_of_order(kit, is_one(kit)) for kit in first], whole=reverse("shop_kitting"), further=further
        )

    return told


def _of_order(kit: Kit, is_one: bool) -> Row:
    return Row(f"{kit.number} · {kit.item}", Fraction(is_one), reverse("shop_kit", args=(kit.order,)))


why(
    "kitting.possible",
    Sentence("齐套的工单", "Complete orders"),
    Sentence("料全部齐了的每张工单算一。", "Each order of which every component is here counts as one."),
    may_read,
)(_counted(lambda kit: kit.is_complete))
why(
    "kitting.buildable",
    Sentence("现在能开工的工单", "Orders that can be begun"),
    Sentence(
        "现有的料至少够做一件的每张工单算一。", "Each order of which at least one piece can be built now counts as one."
    ),
    may_read,
)(_counted(lambda kit: kit.buildable > 0))
why(
    "kitting.orders",
    Sentence("工单", "Orders"),
    Sentence("所选范围内每张没完工的工单算一。", "Each unfinished order of those that are chosen counts as one."),
    may_read,
)(_counted(lambda kit: True))


@why(
    "kit.complete",
    Sentence("齐的料", "Complete components"),
    Sentence("已领够或现货够的每种料算一。", "Each component of which enough was issued or is here counts as one."),
    may_read,
)
def complete(actor: Actor, asked: Asked) -> Reason:
    kit = one_kit(actor, asked.id, asked.more)
    rows = [Row(f"{line.item} {line.name}", Fraction(not line.missing)) for line in kit.lines]
    return Reason(kit.number, sorted(rows, key=lambda row: row.amount))


@why(
    "kit.open",
    Sentence("还要做的", "Still to be made"),
    Sentence("工单的数量减去已经做好和报废的。", "What was ordered less what was made or scrapped."),
    may_read,
)
def still_open(actor: Actor, asked: Asked) -> Reason:
    kit, lang = one_kit(actor, asked.id, asked.more), language()
    step = 10**kit.decimals
    ordered = rows_for(actor, WorkOrder).get(pk=kit.order).qty_steps
    rows = [Row(ORDERED.say(lang), Fraction(ordered, step)), Row(DONE.say(lang), -Fraction(kit.done, step))]
    if kit.done > ordered:
        rows.append(Row(BEYOND.say(lang), Fraction(kit.done - ordered, step)))
    return Reason(kit.number, rows, digits=kit.decimals, unit=kit.unit)


@why(
    "kit.buildable",
    Sentence("现在能做", "Buildable now"),
    Sentence(
        "还要做的，和每种缺料够再做的，取最小的。",
        "The least of what is still to be made and what each missing component suffices for besides what is done.",
    ),
    may_read,
)
def buildable(actor: Actor, asked: Asked) -> Reason:
    kit, lang = one_kit(actor, asked.id, asked.more), language()
    step = 10**kit.decimals
    rows = [Row(OPEN.say(lang), Fraction(kit.open, step))]
    rows += [
        Row(ENOUGH.say(lang, item=line.item), Fraction(max(0, line.enough_for - kit.done), step))
        for line in kit.lines
        if line.missing
    ]
    return Reason(kit.number, rows, digits=kit.decimals, unit=kit.unit, is_least=True)


@why(
    "kit.missing",
    Sentence("缺", "Missing"),
    Sentence(
        "需要的减去已领的，再减去现货里归这张单的；排在前面的工单先拿。",
        "What is needed less what was issued and what of the stock is its own; orders served before it take first.",
    ),
    may_read,
)
def missing(actor: Actor, asked: Asked) -> Reason:
    kit, seq, lang = one_kit(actor, asked.id, asked.more), asked.place("seq"), language()
    line = next((each for each in kit.lines if each.seq == seq), None)
    if line is None:
        raise Http404
    step = 10**line.decimals
    rows = [
        Row(words, Fraction(steps, step))
        for words, steps in (
            (WORDS["needed"].say(lang), line.needed),
            (WORDS["issued"].say(lang), -line.issued),
            (TAKEN.say(lang), -line.on_hand),
        )
        if steps
    ]
    return Reason(f"{kit.number} · {line.item}", rows, digits=line.decimals, unit=line.unit)
