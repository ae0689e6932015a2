"""What the open purchases come to, by supplier and in each view, as the database adds them up; it is added up again
when something was written since."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Literal

from django.db import connection
from django.db.models import Case, Count, F, FloatField, Max, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Cast, Coalesce

from huoku.server.planning.models import Proposal
from huoku.server.planning.purchase_marks import Around, around
from huoku.server.planning.purchases import MILLION, lines_of, open_purchases
from huoku.server.platform.actor import Actor
from huoku.server.platform.exact import FINEST, minor_digits
from huoku.server.platform.models import Stream

View = Literal["week", "high", "waiting", "changed", "all"]
VIEWS: tuple[View, ...] = ("week", "high", "waiting", "changed", "all")
OF_STOCK = ("movements", "ledger")
"""Chains of what happens to stock: no purchase is proposed, decided or asked about by that."""


@dataclass(frozen=True, slots=True)
class Total:
    """Of a view, in the company's currency; ``tied``: in what nobody needs of it."""

    rows: int = 0
    amount: float = 0.0
    tied: float = 0.0
    loss: float = 0.0

    def plus(self, other: "Total") -> "Total":
        return Total(self.rows + other.rows, self.amount + other.amount, self.tied + other.tied, self.loss + other.loss)


@dataclass(frozen=True, slots=True)
class OfOne:
    """What one supplier has in each view; ``name``: by which suppliers are put in order."""

    name: str
    totals: Mapping[View, Total]


def measured(actor: Actor, until: date | None = None) -> QuerySet[Proposal]:
    """The open purchases with ``amount``, ``tied`` and ``loss`` as the database reckons them."""
    powers = [When(item__decimals=digits, then=Value(10.0**digits)) for digits in range(FINEST + 1)]
    price = _float(Coalesce("price_millionths", 0)) / Case(*powers, output_field=FloatField()) / float(MILLION)
    fees = _float("fees_minor") / float(10 ** minor_digits(actor.company.currency))
    return open_purchases(actor, until).annotate(
        amount=_float("qty_steps") * price + fees,
        tied=_float(F("qty_steps") - F("needed_steps")) * price,
        loss=_float(Coalesce("loss_millionths", 0)) / float(MILLION),
    )


def _float(what: Any) -> Cast:
    return Cast(what, FloatField())


def of_view(actor: Actor, view: View, until: date) -> QuerySet[Proposal]:
    """The purchases of a view; ``until``: the last day of the week that is looked at."""
    named = named_in(view, around(actor)) if view in ("waiting", "changed") else ()
    return measured(actor).filter(chosen(view, until, lines_of(actor).alarm if view == "high" else 0.0, named))


def named_in(view: View, about: Around) -> Collection[int]:
    """The purchases of a view that is known one by one."""
    return about.waiting if view == "waiting" else about.changed if view == "changed" else ()


def chosen(view: View, until: date, alarm: float, named: Collection[int] = ()) -> Q:
    if view == "week":
        return Q(start_on__lte=until)
    if view in ("waiting", "changed"):
        return Q(pk__in=named)
    # As ``Purchase.grade`` has it: what is expected to be lost is an alarming part of the money.
    is_high = Q(loss__gte=F("amount") * alarm, qty_steps__gt=F("needed_steps"), amount__gt=0.0)
    return is_high if view == "high" else Q()


@dataclass(frozen=True, slots=True)
class Stand:
    """What answers are of. ``written``: so many entries the company's record has; with one more they may differ."""

    database: str
    plan: str
    company: int
    sites: frozenset[int] | None
    until: date
    alarm: float
    waiting: frozenset[int]
    changed: frozenset[int]
    written: tuple[int, datetime | None]
    actor: Actor = field(compare=False, repr=False)


def stand_of(actor: Actor, until: date, alarm: float, about: Around) -> Stand:
    heads = Stream.objects.of(actor.company).exclude(kind__in=OF_STOCK)
    written = heads.aggregate(entries=Sum("length"), last=Max("last_at"))
    named = frozenset(about.waiting), frozenset(about.changed)
    stands = (written["entries"] or 0, written["last"])
    database = str(connection.settings_dict["NAME"])
    return Stand(database, about.plan, actor.company.pk, actor.sites, until, alarm, *named, stands, actor)


@lru_cache(maxsize=8)
def sums(stand: Stand) -> Mapping[int | None, OfOne]:
    """By the supplier's id, None of those that have no source. The database puts rows in groups of one
    supplier, the same views and as many decimals; these are brought to units and added up here."""
    price = _float(Coalesce("price_millionths", 0))
    raw = {
        "bought": _float("qty_steps") * price,
        "too_much": _float(F("qty_steps") - F("needed_steps")) * price,
        "fees": F("fees_minor"),
        "lost": F("loss_millionths"),
    }
    views = {f"in_{name}": Case(When(part, then=1), default=0) for name, part in _parts(stand).items()}
    rows: Any = measured(stand.actor).annotate(**views).order_by()
    rows = rows.values("supplier_id", "supplier__name", "item__decimals", *views)
    minor = float(10 ** minor_digits(stand.actor.company.currency))
    found: dict[int | None, OfOne] = {}
    for row in rows.annotate(rows=Count("*"), **{name: Sum(what) for name, what in raw.items()}):
        whole = float(MILLION) * 10.0 ** row["item__decimals"]
        more = Total(
            row["rows"],
            float(row["bought"] or 0.0) / whole + float(row["fees"] or 0) / minor,
            float(row["too_much"] or 0.0) / whole,
            float(row["lost"] or 0) / MILLION,
        )
        before = found.get(row["supplier_id"])
        totals = dict(before.totals) if before else dict.fromkeys(VIEWS, Total())
        for name in VIEWS:
            if name == "all" or row.get(f"in_{name}"):
                totals[name] = totals[name].plus(more)
        found[row["supplier_id"]] = OfOne(row["supplier__name"] or "", totals)
    return found


def _parts(stand: Stand) -> Mapping[View, Q]:
    """The views that are asked for row by row; those that hold nothing are not."""
    named: Mapping[View, Collection[int]] = {"week": (), "high": (), "waiting": stand.waiting, "changed": stand.changed}
    return {
        view: chosen(view, stand.until, stand.alarm, ids)
        for view, ids in named.items()
        if ids or view in ("week", "high")
    }


@lru_cache(maxsize=64)
def in_order(stand: Stand, view: View, suppliers: tuple[int | None, ...]) -> Sequence[int]:
    """The ids of these suppliers' purchases in a view, in the order of the suppliers and of the days."""
    is_theirs = Q(supplier__in=[pk for pk in suppliers if pk is not None])
    if None in suppliers:
        is_theirs |= Q(supplier=None)
    every = measured(stand.actor) if view == "high" else open_purchases(stand.actor)
    ids = {"waiting": stand.waiting, "changed": stand.changed}.get(view, frozenset[int]())
    found = every.filter(is_theirs, chosen(view, stand.until, stand.alarm, ids))
    # Put in order here: asked for in the order of the days, SQLite would read all days' purchases for them.
    rows = found.order_by().values_list("supplier_id", "start_on", "pk")
    place = {pk: at for at, pk in enumerate(suppliers)}
    return [pk for _, _, pk in sorted(rows, key=lambda row: (place[row[0]], row[1], row[2]))]
