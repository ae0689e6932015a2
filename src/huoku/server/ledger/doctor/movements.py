"""I15, I16, I17: reversals, closed periods and conversions."""

from fractions import Fraction

from huoku.language import Sentence
from huoku.server.ledger.doctor.finding import AT_MOST, Finding
from huoku.server.ledger.doctor.names import MOVEMENTS
from huoku.server.ledger.entries import stream_of
from huoku.server.ledger.models import PeriodLock
from huoku.server.platform.sql import ask

LOCKS = f'"{PeriodLock._meta.db_table}"'
NOT_OPPOSITE = Sentence(
    "冲销 {movement} 与原记录不相反。", "The reversal {movement} is not the opposite of what it reverses."
)
IN_CLOSED_PERIOD = Sentence(
    "{movement} 记入了已结账的期间（{until} 以前）。",
    "The movement {movement} was entered into a period that was closed (up to {until}).",
)
NOT_EXACT = Sentence(
    "{movement}：{entered} {unit} 换算不等于 {quantity}。",
    "The movement {movement}: {entered} {unit} are not {quantity} {quantity|step|steps}.",
)


def movements_agree_with_each_other(company_id: int) -> list[Finding]:
    return [*_reversals(company_id), *_closed_periods(company_id), *_conversions(company_id)]


def _reversals(company_id: int) -> list[Finding]:
    rows = ask(
        f"SELECT r.id, r.item_id FROM {MOVEMENTS} r JOIN {MOVEMENTS} m ON m.id = r.reverses_id WHERE r.company_id = %s "
        "AND NOT (r.item_id = m.item_id AND r.lot_id = m.lot_id AND r.owner_id = m.owner_id "
        "AND r.quantity = m.quantity AND r.from_location_id = m.to_location_id "
        "AND r.to_location_id = m.from_location_id AND r.from_status = m.to_status AND r.to_status = m.from_status "
        f"AND m.reverses_id IS NULL) ORDER BY r.id LIMIT {AT_MOST}",
        [company_id],
    )
    return [Finding("I15", NOT_OPPOSITE, {"movement": str(id)}, (stream_of(item),)) for id, item in rows]


def _closed_periods(company_id: int) -> list[Finding]:
    rows = ask(
        f"SELECT m.id, m.item_id, k.until FROM {LOCKS} k JOIN {MOVEMENTS} m ON m.company_id = k.company_id "
        "AND m.effective_at <= k.until AND m.recorded_at > k.recorded_at WHERE k.company_id = %s "
        f"ORDER BY m.id LIMIT {AT_MOST}",
        [company_id],
    )
    return [
        Finding("I16", IN_CLOSED_PERIOD, {"movement": str(id), "until": str(until)}, (stream_of(item),))
        for id, item, until in rows
    ]


def _conversions(company_id: int) -> list[Finding]:
    rows = ask(
        f"SELECT id, item_id, entered, entered_unit, numerator, denominator, quantity FROM {MOVEMENTS} "
        "WHERE company_id = %s AND entered <> '' ORDER BY id",
        [company_id],
    )
    return [
        Finding(
            "I17",
            NOT_EXACT,
            {"movement": str(id), "entered": entered, "unit": unit, "quantity": quantity},
            (stream_of(item),),
        )
        for id, item, entered, unit, numerator, denominator, quantity in rows
        if Fraction(entered) * numerator / denominator != quantity
    ][:AT_MOST]
