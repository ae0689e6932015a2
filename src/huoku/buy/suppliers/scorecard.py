"""A supplier's scorecard for small lots: seven criteria, from own records where there are some, entered otherwise.

A share of own records is shrunk towards one half as if there were two more, one good and one bad (Laplace), so that
one good delivery is no proof; it then counts more, the more records there are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from huoku.errors import UsageError
from huoku.language import Sentence

Criterion = Literal[
    "positioning", "small_batches", "flexibility", "communication", "digitalisation", "payment", "reputation"
]

CRITERIA: Mapping[Criterion, Sentence] = {
    "positioning": Sentence("规模与定位：愿不愿意做小单", "size and positioning: friendly to small orders"),
    "small_batches": Sentence("近 12 个月的小批量订单", "small orders delivered in the last 12 months"),
    "flexibility": Sentence(
        "排程灵活：拼单、分批、共享库存", "flexibility: pooled orders, split deliveries, shared stock"
    ),
    "communication": Sentence("沟通效率：试样单多快答复", "communication: how soon a trial order is answered"),
    "digitalisation": Sentence("数字化：备料和排程看得见", "digitalisation: stock and schedule are open to see"),
    "payment": Sentence("付款条件与风险", "payment terms and risk"),
    "reputation": Sentence("行业口碑", "reputation among real users"),
}

FULL = 5.0
"""The best score; 0 is the worst."""

PROMPT_DAYS, SLOW_DAYS = 1.0, 10.0
"""An answer within a day is as good as can be; after ten days it is none."""


class OwnFigures(NamedTuple):
    """What the own records say of one supplier in the last 12 months; None where nothing is recorded.

    ``small``: orders below its usual minimum that it delivered, of so many asked for. ``flexible``: split deliveries,
    pooled orders and moved dates granted, of so many asked for. ``answer_days``: how long it took to answer, one
    entry for each inquiry. ``credit_days``: from delivery to payment (negative: paid before), ``staged``: whether it
    may be paid in stages.
    """

    small: tuple[int, int] | None = None
    flexible: tuple[int, int] | None = None
    answer_days: tuple[float, ...] = ()
    credit_days: float | None = None
    staged: bool = False


class Grade(NamedTuple):
    """``score`` from 0 to 5, None where nothing is known; ``evidence``: where it comes from."""

    score: float | None
    evidence: Literal["own", "entered", "unknown"]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All seven grades. ``total``: their weighted mean, unknown ones left out; ``known``: the weight that is known."""

    grades: Mapping[Criterion, Grade]
    total: float | None
    known: float


def scorecard(
    own: OwnFigures,
    entered: Mapping[Criterion, float] | None = None,
    weights: Mapping[Criterion, float] | None = None,
) -> Scorecard:
    """Grade one supplier.

    Parameters
    ----------
    own : what the own records say
    entered : scores from 0 to 5 that somebody gave; they hold where the records say nothing
    weights : by criterion, by default all the same

    Raises
    ------
    UsageError : for an entered score outside 0 to 5
    """
    given = dict(entered or {})
    for criterion, score in given.items():
        if not 0.0 <= score <= FULL:
            raise UsageError(
                f"{criterion}: a score lies between 0 and {FULL:g}, not at {score:g} / 评分要在 0 到 {FULL:g} 之间"
            )
    recorded: dict[Criterion, float | None] = {
        "small_batches": _share(own.small),
        "flexibility": _share(own.flexible),
        "communication": _promptness(own.answer_days),
        "payment": _terms(own.credit_days, own.staged),
    }
    grades = {criterion: _grade(recorded.get(criterion), given.get(criterion)) for criterion in CRITERIA}
    weight = {criterion: (weights or {}).get(criterion, 1.0) for criterion in CRITERIA}
    scored = [(weight[name], grade.score) for name, grade in grades.items() if grade.score is not None]
    known = sum(part for part, _ in scored)
    total = sum(part * score for part, score in scored) / known if known else None
    return Scorecard(grades, total, known / sum(weight.values()))


def _grade(recorded: float | None, entered: float | None) -> Grade:
    if recorded is not None:
        return Grade(recorded, "own")
    return Grade(entered, "unknown" if entered is None else "entered")


def _share(records: tuple[int, int] | None) -> float | None:
    """So many good ones of so many."""
    if records is None:
        return None
    good, all_of_them = records
    return FULL * (good + 1) / (all_of_them + 2)


def _promptness(days: tuple[float, ...]) -> float | None:
    if not days:
        return None
    mean = sum(days) / len(days)
    return FULL * min(1.0, max(0.0, (SLOW_DAYS - mean) / (SLOW_DAYS - PROMPT_DAYS)))


def _terms(credit_days: float | None, staged: bool) -> float | None:
    """60 days of credit are as good as can be, 60 days in advance as bad; staged payment is worth one point."""
    if credit_days is None:
        return None
    return min(FULL, max(0.0, FULL / 2 * (1.0 + credit_days / 60.0)) + staged)
