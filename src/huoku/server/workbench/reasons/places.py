"""What the stock of a place, a zone, a site or all of them is worth, item by item."""

from collections.abc import Callable
from fractions import Fraction

import polars as pl
from django.http import Http404
from django.urls import reverse

from huoku.language import Sentence
from huoku.server.items.models import Item
from huoku.server.ledger.models import Status
from huoku.server.ledger.rights import READ
from huoku.server.look.speaking import language, named
from huoku.server.office.reasons import MOST, Asked, Reason, Row, why
from huoku.server.planning.rights import READ as READ_PLANS
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.platform.roles import FieldGroup
from huoku.server.workbench.places.figures import in_money, lies, places_of, to_count, valuing_run
from huoku.server.workbench.places.links import asked_of, blocked_rows, due_rows, rows_of
from huoku.server.workbench.places.tree import Node, Tree

BLOCKED = pl.col("status") == Status.BLOCKED.value


def may_know(actor: Actor) -> bool:
    return actor.may(READ) and actor.may(READ_PLANS) and actor.sees(FieldGroup.COST)


def _worth(chosen: pl.Expr) -> Callable[[Actor, Asked], Reason]:
    def told(actor: Actor, asked: Asked) -> Reason:
        tree = places_of(actor)
        node = _node(tree, asked)
        within = pl.col("location").is_in([place.pk for place in node.places])
        frame = lies(actor, valuing_run(actor)).filter(within & chosen)
        found = frame.group_by("item").agg(pl.col("value").sum()).filter(pl.col("value") != 0)
        found = found.sort("value", "item", descending=[True, False])
        first, left = found.head(MOST), found.slice(MOST)
        items = rows_for(actor, Item).in_bulk(first["item"].to_list())
        of_it = asked_of(node, [each for each in tree.nodes if each.place])
        return Reason(
            node.code if not node.code.startswith("~") else "",
            [_row(items.get(id), in_money(value, actor)) for id, value in first.iter_rows()],
            currency=actor.company.currency,
            whole=rows_of("balances", of_it, on_hand__gt="0"),
            further=(left.height, in_money(int(left["value"].sum()), actor)),
        )

    return told


def _node(tree: Tree, asked: Asked) -> Node:
    """Raises Http404 where the actor knows of no such place."""
    node = tree.find(asked.id, asked.place("level"))
    if node is None:
        raise Http404
    return node


def _blocked_items(actor: Actor, asked: Asked) -> Reason:
    node = _node(places_of(actor), asked)
    within = pl.col("location").is_in([place.pk for place in node.places])
    ids = lies(actor, None).filter(within & BLOCKED)["item"].unique().sort().to_list()
    items = rows_for(actor, Item).in_bulk(ids[:MOST])
    rows = [_row(items.get(id), Fraction(1)) for id in ids[:MOST]]
    return Reason(node.code, rows, whole=blocked_rows(), further=(len(ids[MOST:]), Fraction(len(ids[MOST:]))))


def _due(actor: Actor, asked: Asked) -> Reason:
    node, due = _node(places_of(actor), asked), to_count(actor)
    rows = [
        Row(place.code, Fraction(due[place.pk]), due_rows(actor, location=place.code))
        for place in node.places
        if place.pk in due
    ]
    return Reason(node.code, rows, whole=due_rows(actor))


def _row(item: Item | None, amount: Fraction) -> Row:
    if item is None:
        return Row("…", amount)
    return Row(f"{item.code} {named(item, language())}".strip(), amount, reverse("desk_item", args=(item.pk,)))


HOW = Sentence(
    "现在放在那里的、我们自己的每种料，数量乘上次计划的单位价值：有成本用成本，没有就用最低的采购价或用料之和。",
    "Of each item that is ours what lies there now, times its unit value in the last plan: its cost, else its lowest "
    "price, else its materials.",
)
why("place.value", Sentence("那里的库存金额", "Value of what lies there"), HOW, may_know)(_worth(pl.lit(True)))
why("place.blocked", Sentence("其中冻结的金额", "Value of what is blocked there"), HOW, may_know)(_worth(BLOCKED))
why(
    "place.blocked_items",
    Sentence("冻结的料", "Blocked items"),
    Sentence("那里有冻结库存的每种料算一。", "Each item of which something is blocked there counts as one."),
    lambda actor: actor.may(READ),
)(_blocked_items)
why(
    "place.due",
    Sentence("该盘点的", "Counts due"),
    Sentence("今天以前该盘、还没盘的任务，按库位。", "Count tasks that are due by today and open, by place."),
    lambda actor: actor.may(READ),
)(_due)
