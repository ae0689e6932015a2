"""An item and what may stand in for it as a sheet: a column for each, a row for each property."""

from collections.abc import Callable

from huoku.language import Language, Sentence
from huoku.plan.buying import Advice
from huoku.plan.buying.side_by_side import Candidate, Terms
from huoku.report.numbers import NOTHING, money, price, qty

ABOVE = Sentence(
    "替代料对比（按 {qty} {unit} {item} 的需要）：", "What may stand in, for a need of {qty} {unit} of {item}:"
)
NAME = Sentence("名称", "name")
RATIO = Sentence("一件顶替要几件", "units for one")
PARENTS = Sentence("只用于", "only in")
NEEDED = Sentence("要用", "needed")
ON_HAND = Sentence("现有", "on hand")
LEFT = Sentence("计划里没人要的", "not needed by the plan")
SUPPLIER = Sentence("最省的供应商", "cheapest supplier")
MOQ = Sentence("起订量", "MOQ")
MULTIPLE = Sentence("整包量", "multiple")
LEAD = Sentence("采购提前期（天）", "lead time, days")
PRICE = Sentence("单价", "unit price")
FOR_ONE = Sentence("折合每件 {item}", "for one {item}")
BUY = Sentence("不够的要买", "to buy for the rest")
CASH = Sentence("现付", "cash now")


def side_by_side_table(advice: Advice, lang: Language) -> tuple[str, list[tuple[str, ...]]] | None:
    """A line above the sheet, and its rows, the heads first; None where nothing may stand in."""
    if not advice.candidates:
        return None
    every = advice.candidates
    above = ABOVE.say(lang, qty=qty(advice.qty), unit=advice.unit, item=advice.item)
    rows = [("", *(one.item for one in every)), (NAME.say(lang), *(one.name or NOTHING for one in every))]
    for row in (*_of_stock(advice), *_of_terms(advice)):
        label, cell = row
        rows.append((label.say(lang, item=advice.item), *(cell(one) for one in every)))
    for attribute in dict.fromkeys(name for one in every for name in one.performance):
        rows.append((attribute, *(str(one.performance.get(attribute, NOTHING)) for one in every)))
    return above, [row for row in rows if any(cell != NOTHING for cell in row[1:])]


Row = tuple[Sentence, Callable[[Candidate], str]]


def _of_stock(advice: Advice) -> tuple[Row, ...]:
    return (
        (RATIO, lambda one: qty(one.ratio)),
        (PARENTS, lambda one: ", ".join(one.parents) or NOTHING),
        (NEEDED, lambda one: f"{qty(one.needed)} {one.unit}"),
        (ON_HAND, lambda one: qty(one.on_hand)),
        (LEFT, lambda one: qty(one.left)),
    )


def _of_terms(advice: Advice) -> tuple[Row, ...]:
    currency = advice.currency

    def of(cell: Callable[[Candidate, Terms], str]) -> Callable[[Candidate], str]:
        return lambda one: NOTHING if one.terms is None else cell(one, one.terms)

    return (
        (SUPPLIER, of(lambda one, terms: terms.supplier or NOTHING)),
        (MOQ, of(lambda one, terms: qty(terms.moq))),
        (MULTIPLE, of(lambda one, terms: qty(terms.multiple))),
        (LEAD, of(lambda one, terms: str(terms.lead_time_days))),
        (PRICE, of(lambda one, terms: price(terms.unit_price, currency))),
        (FOR_ONE, of(lambda one, terms: price(terms.unit_price * one.ratio, currency))),
        (BUY, of(lambda one, terms: qty(terms.qty))),
        (CASH, of(lambda one, terms: money(terms.cash, currency))),
    )
