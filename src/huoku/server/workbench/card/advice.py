"""What the last plan proposes for an item, each with one action; and in what it is used."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.urls import reverse
from django.utils.http import urlencode

from huoku.language import Sentence
from huoku.server.items.models import BomLine, Item
from huoku.server.planning.models import Proposal
from huoku.server.planning.rights import DECIDE
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.platform.roles import FieldGroup
from huoku.server.platform.validity import valid_on

MOST, MOST_PARENTS = 4, 6
SEE, TAKE = Sentence("看方案", "Compare"), Sentence("采用", "Use")


@dataclass(frozen=True, slots=True)
class Proposed:
    """``excess``: what of it nobody needs; ``used``: the odds that this is used later; ``money`` is None for whoever
    must not see it. ``address``: where it is decided, "" for whoever may not."""

    row: Proposal
    quantity: float
    excess: float
    used: float | None
    money: float | None
    address: str
    action: Sentence
    is_due: bool


def proposals_of(actor: Actor, item: Item, today: date) -> list[Proposed]:
    """The first to begin before the others."""
    found = rows_for(actor, Proposal).filter(item=item, state=Proposal.State.OPEN).select_related("supplier")
    return [_proposed(actor, item, row, today) for row in found.order_by("start_on", "pk")[:MOST]]


def _proposed(actor: Actor, item: Item, row: Proposal, today: date) -> Proposed:
    step, may_decide = 10**item.decimals, actor.may(DECIDE)
    is_bought = row.kind == Proposal.Kind.BUY
    sees = actor.sees(FieldGroup.COST)
    address = ""
    if is_bought and may_decide:
        address = f"{reverse('desk_buying')}?{urlencode({'view': 'all', 'open': str(row.pk)})}"
    elif may_decide:
        address = f"{reverse('office_chosen', args=('proposals', 'accept'))}?{urlencode({'id': row.pk})}"
    price = row.price_millionths
    return Proposed(
        row=row,
        quantity=row.qty_steps / step,
        excess=(row.qty_steps - row.needed_steps) / step,
        used=None if row.used_millionths is None else row.used_millionths / 1_000_000,
        money=row.qty_steps / step * price / 1_000_000 if sees and is_bought and price else None,
        address=address,
        action=SEE if is_bought else TAKE,
        is_due=row.start_on <= today,
    )


@dataclass(frozen=True, slots=True)
class Parent:
    item: Item
    qty: float


def parents_of(actor: Actor, item: Item, today: date) -> Sequence[Parent]:
    """What takes of the item by the bills that hold today, and how much for one."""
    lines = rows_for(actor, BomLine).filter(valid_on(today, "bom__"), component=item).select_related("bom__parent")
    found = lines.filter(bom__parent__is_active=True).order_by("bom__parent__code", "seq")[:MOST_PARENTS]
    return [Parent(each.bom.parent, float(Fraction(each.qty_numerator, each.qty_denominator))) for each in found]
