"""The figures above the list of what is to be bought: sums over all purchases of the view."""

from collections.abc import Callable
from fractions import Fraction

from django.http import Http404
from django.urls import reverse

from huoku.language import Sentence
from huoku.report import numbers
from huoku.server.office.reasons import MOST, Asked, Reason, Row, why
from huoku.server.planning.purchase_sums import View, of_view
from huoku.server.planning.purchase_views import Measure, dearest, total
from huoku.server.planning.purchases import MILLION, Purchase
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day, page_time
from huoku.server.workbench.reasons.purchases import fees, goods, may_decide, tied_up
from huoku.server.workbench.savings import savings
from huoku.server.workbench.views.buying import WEEK, view_asked


def _of_week(each: Purchase) -> str:
    row = each.proposal
    return f"{row.item.code} {row.item.name} · {row.supplier.name if row.supplier else numbers.NOTHING}"


def _of_view(measure: Measure) -> Callable[[Actor, Asked], Reason]:
    """The reason of a figure above the list: the purchases of the view that add most to it, and all others in one."""

    def told(actor: Actor, asked: Asked) -> Reason:
        view, until = _view(asked), business_day(actor.company, page_time()) + WEEK
        currency, there = actor.company.currency, f"{reverse('desk_buying')}?view={_view(asked)}"
        seen = of_view(actor, view, until)
        rows = [
            Row(_of_week(each), _measures[measure](each, currency), f"{there}&open={each.proposal.pk}")
            for each in dearest(actor, view, until, measure, MOST - 1)
        ]
        others = seen.filter(**{f"{measure}__gt": 0.0}).count() - len(rows)
        left = Fraction(getattr(total(actor, view, until), measure)) - sum((row.amount for row in rows), Fraction(0))
        further = (others, left) if others > 0 else (0, Fraction(0))
        return Reason("", rows, currency=currency, whole=there, further=further)

    return told


def _view(asked: Asked) -> View:
    """Raises Http404."""
    view = view_asked(asked.more.get("view", "week"))
    if view is None:
        raise Http404
    return view


_measures: dict[Measure, Callable[[Purchase, str], Fraction]] = {
    "amount": lambda each, currency: goods(each.proposal) + fees(each.proposal, currency),
    "tied": lambda each, currency: tied_up(each.proposal),
    "loss": lambda each, currency: Fraction(each.proposal.loss_millionths or 0, MILLION),
}
for measure, title, formula in (
    (
        "amount",
        Sentence("建议金额", "Proposed"),
        Sentence(
            "每笔建议的数量乘单价，加下单费。",
            "Of each purchase the quantity times its price, and the fees of its order.",
        ),
    ),
    (
        "tied",
        Sentence("余料占用", "Cash in excess"),
        Sentence("每笔建议里没人要的数量乘单价。", "Of each purchase what nobody needs, times its price."),
    ),
    (
        "loss",
        Sentence("余料期望损失", "Expected loss"),
        Sentence(
            "每笔余料的占用，按以后用不掉的可能和残值估出的损失。",
            "Of each excess the money that is expected never to come back, by the odds of its use and its salvage.",
        ),
    ),
):
    why(f"purchases.{measure}", title, formula, may_decide)(_of_view(measure))  # type: ignore[arg-type]


@why(
    "purchases.rows",
    Sentence("采购建议的笔数", "Purchases"),
    Sentence("每笔建议算一。", "Each proposal counts as one."),
    may_decide,
)
def rows_of_view(actor: Actor, asked: Asked) -> Reason:
    view, until = _view(asked), business_day(actor.company, page_time()) + WEEK
    there = f"{reverse('desk_buying')}?view={view}"
    first = dearest(actor, view, until, "amount", MOST - 1)
    rows = [Row(_of_week(each), Fraction(1), f"{there}&open={each.proposal.pk}") for each in first]
    others = of_view(actor, view, until).count() - len(rows)
    return Reason("", rows, whole=there, further=(others, Fraction(others)))


@why(
    "purchases.saving",
    Sentence("换方案可省", "What other ways save"),
    Sentence(
        "余料期望损失最大的几笔：计划的做法比最便宜的办法多花的钱（不算不接单）。",
        "Of the purchases that lose most on their rest: what the plan's way costs more than the cheapest, declining "
        "the order aside.",
    ),
    may_decide,
)
def saving(actor: Actor, asked: Asked) -> Reason:
    view, until = _view(asked), business_day(actor.company, page_time()) + WEEK
    there = f"{reverse('desk_buying')}?view={view}"
    rows = [
        Row(_of_week(each.purchase), Fraction(each.saved), f"{there}&open={each.purchase.proposal.pk}")
        for each in savings(actor, view, until)
        if each.saved > 0
    ]
    return Reason("", rows, currency=actor.company.currency, whole=there)
