"""The sums of a statement: its own lines, kind by kind."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from huoku.language import Sentence
from huoku.report import numbers
from huoku.server.look.speaking import language
from huoku.server.office.reasons import Asked, Reason, Row, why
from huoku.server.platform.actor import Actor
from huoku.server.platform.exact import minor_digits
from huoku.server.platform.tables.table import TABLES
from huoku.server.statements.models import Statement, StatementLine
from huoku.server.workbench.reasons.lists import ELSEWHERE, row_of
from huoku.server.workbench.reasons.papers import found_in, sees

Kind = StatementLine.Kind
Signs = Mapping[StatementLine.Kind, int]
UNPRICED = Sentence("没有价格的行不算。", "Lines without a price are not in it.")
SIDES = {"customer_statements": "customer_statement_lines", "supplier_statements": "supplier_statement_lines"}
MOVED: Signs = {Kind.SHIPPED: 1, Kind.RECEIVED: 1}
SUMS: Mapping[str, tuple[Sentence, Sentence, Signs]] = {
    "ordered": (
        Sentence("本月下单", "Ordered in the month"),
        Sentence("本月下的每一行。", "Every line that was ordered in the month."),
        {Kind.ORDERED: 1},
    ),
    "moved": (
        Sentence("本月收发", "Moved in the month"),
        Sentence("本月每一次发货或收货。", "Every shipment or receipt of the month."),
        MOVED,
    ),
    "returned": (
        Sentence("本月退货", "Returned in the month"),
        Sentence("本月每一次退货。", "Everything that was returned in the month."),
        {Kind.RETURNED: 1},
    ),
    "due": (
        Sentence("应结", "Due"),
        Sentence("本月收发的减去退货。", "What was moved in the month less what was returned."),
        {**MOVED, Kind.RETURNED: -1},
    ),
    "open": (
        Sentence("月底未交", "Open at the month's end"),
        Sentence("月底还没交的每一行。", "Every line that was not delivered at the month's end."),
        {Kind.OPEN: 1},
    ),
}


def _lines(table: str, signs: Signs) -> Callable[[Actor, Asked], Reason]:
    def told(actor: Actor, asked: Asked) -> Reason:
        statement: Statement = found_in(actor, table, asked)
        minor = 10 ** minor_digits(statement.currency)
        of_kind = {"statement": statement, "kind__in": list(signs), "amount_minor__isnull": False}
        mine = set(TABLES[SIDES[table]].rows_for(actor).filter(**of_kind).values_list("pk", flat=True))
        rows, others = [], Fraction(0)
        model: Any = TABLES[SIDES[table]].model
        for each in model.objects.of(actor.company).filter(**of_kind).select_related("item").order_by("seq"):
            amount = signs[Kind(each.kind)] * Fraction(each.amount_minor, minor)
            if each.pk in mine:
                qty = numbers.qty(each.qty_steps / 10**each.item.decimals)
                words = f"{each.on:%m-%d} · {each.item.code} × {qty}"
                rows.append(Row(words, amount, row_of(actor, SIDES[table], each.pk)))
            else:
                others += amount
        if others:
            rows.append(Row(ELSEWHERE.say(language()), others))
        return Reason(statement.number, rows, currency=statement.currency)

    return told


for _table in SIDES:
    for _name, (_title, _formula, _signs) in SUMS.items():
        _whole = Sentence(_formula.zh + UNPRICED.zh, f"{_formula.en} {UNPRICED.en}")
        why(f"{_table}.{_name}", _title, _whole, sees(_table, _name))(_lines(_table, _signs))
