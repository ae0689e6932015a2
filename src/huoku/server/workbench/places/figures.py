"""What lies at each place, and in all that is above it: items, money, what is blocked or waits, counts that are due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

import polars as pl
from django.db.models import Count as Number
from django.db.models import Max, Q

from huoku.server.ledger.models import Count, CountTask, Debt, Location, Status
from huoku.server.ledger.queries.lying import lying
from huoku.server.look.speaking import language
from huoku.server.planning.models import PlanRun
from huoku.server.planning.rights import READ as READ_PLANS
from huoku.server.planning.sequence import last_run
from huoku.server.planning.stock_money import step_values
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day, page_time
from huoku.server.platform.exact import minor_digits
from huoku.server.platform.kept import rows_for
from huoku.server.platform.roles import FieldGroup
from huoku.server.workbench.places.tree import Node, Tree, tree_of
from huoku.server.workbench.places.words import NOWHERE

Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Figures:
    """``items``: kinds of them that lie there; of ``blocked`` and ``waiting`` the same. ``value``: of our own, in the
    smallest amounts of the currency; None for whoever may not know it. ``due``: count tasks that are due."""

    items: int = 0
    value: int | None = None
    blocked: int = 0
    blocked_value: int | None = None
    waiting: int = 0
    due: int = 0
    owed: int = 0
    counted: datetime | None = None


def places_of(actor: Actor) -> Tree:
    """What the actor may know of, those not in use only where something still lies there: it can be counted."""
    rows = rows_for(actor, Location).filter(is_physical=True).select_related("site")
    lang = language()
    company = actor.company.name_en if lang == "en" and actor.company.name_en else actor.company.name
    return tree_of(list(rows), company, NOWHERE.say(lang))


def valuing_run(actor: Actor) -> PlanRun | None:
    """The plan whose values may be told to the actor."""
    return last_run(actor) if actor.may(READ_PLANS) and actor.sees(FieldGroup.COST) else None


def lies(actor: Actor, run: PlanRun | None) -> pl.DataFrame:
    """Columns location, item, status and value, which is whole amounts and empty where nobody says what an item is
    worth, or it is not ours."""
    told = lying(actor.company.pk)
    frame = pl.DataFrame(
        {"location": told.location, "item": told.item, "status": told.status, "owner": told.owner, "steps": told.steps},
        schema={"location": pl.Int64, "item": pl.Int64, "status": pl.String, "owner": pl.Int64, "steps": pl.Int64},
    )
    if run is None:
        return frame.select("location", "item", "status", value=pl.lit(None, pl.Int64))
    cents = 10 ** minor_digits(actor.company.currency)
    worth = step_values(run).rename({"item_id": "item", "value": "each"})
    frame = frame.join(worth, on="item", how="left", maintain_order="left")
    value = pl.when(pl.col("owner") == told.own).then((pl.col("steps") * pl.col("each") * cents).round().cast(pl.Int64))
    return frame.select("location", "item", "status", value=value)


def figures_of(actor: Actor, tree: Tree, run: PlanRun | None) -> dict[Key, Figures]:
    """By node, and of the whole."""
    nodes = [*([tree.whole] if tree.whole else []), *tree.nodes]
    lying_there = _rolled_up(nodes, lies(actor, run))
    due, owed, counted = to_count(actor), _owed(actor), _counted(actor)
    found = {}
    for node in nodes:
        ids = [place.pk for place in node.places]
        items, value, blocked, blocked_value, waiting = lying_there.get(node.key, (0, 0, 0, 0, 0))
        found[node.key] = Figures(
            items,
            value if run else None,
            blocked,
            blocked_value if run else None,
            waiting,
            sum(due.get(id, 0) for id in ids),
            sum(owed.get(id, 0) for id in ids),
            max((counted[id] for id in ids if id in counted), default=None),
        )
    return found


def _rolled_up(nodes: Sequence[Node], frame: pl.DataFrame) -> Mapping[Key, tuple[int, int, int, int, int]]:
    """An item that lies at two places of a zone is one there."""
    of = [(place.pk, number) for number, node in enumerate(nodes) for place in node.places]
    within = pl.DataFrame(of, schema={"location": pl.Int64, "node": pl.Int64}, orient="row")
    blocked, waiting = (pl.col("status") == each for each in (Status.BLOCKED.value, Status.QUARANTINE.value))
    rows = (
        frame.join(within, on="location")
        .group_by("node")
        .agg(
            items=pl.col("item").n_unique(),
            value=pl.col("value").sum(),
            blocked=pl.col("item").filter(blocked).n_unique(),
            blocked_value=pl.col("value").filter(blocked).sum(),
            waiting=pl.col("item").filter(waiting).n_unique(),
        )
    )
    return {nodes[number].key: tuple(told) for number, *told in rows.iter_rows()}


def to_count(actor: Actor) -> dict[int, int]:
    """By place, how many counts are due."""
    today = business_day(actor.company, page_time())
    rows = rows_for(actor, CountTask).filter(is_open=True, due_on__lte=today)
    return dict(rows.order_by().values_list("location").annotate(n=Number("pk")))


def _owed(actor: Actor) -> dict[int, int]:
    rows = rows_for(actor, Debt).filter(quantity__gt=0)
    return dict(rows.order_by().values_list("location").annotate(n=Number("item", distinct=True)))


def _counted(actor: Actor) -> dict[int, datetime]:
    """By place, when anything there was counted last, so that it was believed."""
    rows = rows_for(actor, Count).filter(~Q(state=Count.State.REJECTED))
    return dict(rows.order_by().values_list("location").annotate(at=Max("counted_at")))


def in_money(amount: int, actor: Actor) -> Fraction:
    return Fraction(amount, 10 ** minor_digits(actor.company.currency))
