"""Options that somebody was offered or thought of, as entered: quantities in units, money a unit, days from today.

[[small_lots]]            a small lot: price, fee, least, days, supplier; offer, valid_until
[[contracts]]             one contract, several calls: qty, price, call, call_fee, cancel_fee, days, supplier; offer,
                          valid_until
[[stand_ins]]             stock of a substitute: name, available, ratio, worth, approval, days
[[later]]                 a need that may come: qty, day, chance, name
[[partners]]              others who want the same: qty, days, freight, name
[[designs]]               another design: once, price, days, name
[[charges]]               asking the customer: part, chance

``offer`` is the number of a supplier's written offer, ``valid_until`` the last day on which it holds.
"""

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from huoku.buy.options import Charge, Contract, Design, Later, Partners, Possible, SmallLot, StandIn
from huoku.errors import UsageError
from huoku.language import Language, Sentence

KINDS: Mapping[str, type[Any]] = {
    "small_lots": SmallLot, "contracts": Contract, "stand_ins": StandIn, "later": Later, "partners": Partners,
    "designs": Design, "charges": Charge,
}  # fmt: skip
WITHOUT: Mapping[str, Mapping[str, Any]] = {
    "small_lots": {"fee": 0.0, "least": 0, "days": 0},
    "contracts": {"call": 1, "call_fee": 0.0, "cancel_fee": 0.0, "days": 0},
    "stand_ins": {"ratio": 1.0, "worth": 0.0},
    "later": {"chance": 1.0},
    "partners": {"days": 0},
    "designs": {"once": 0.0, "days": 0},
    "charges": {"part": 1.0},
}
"""What holds where a value is not given."""

WRITTEN = ("small_lots", "contracts")
"""What a supplier may have offered in writing."""
OF_OFFER = ("offer", "valid_until")

QUANTITIES = {"qty", "least", "call"}
A_UNIT = {"price", "cancel_fee", "ratio"}

NO_FILE = Sentence("读不了 {path}：{reason}", "{path} cannot be read: {reason}")
NO_KIND = Sentence("不认识方案“{kind}”；可以写：{known}", "there are no options {kind}; known: {known}")
NO_FIELD = Sentence("{kind} 没有“{field}”这一项；可以写：{known}", "{kind} have no {field}; known: {known}")
LACKING = Sentence("{kind} 第 {row} 条缺“{field}”", "{kind}, number {row}: {field} is missing")
NO_ROWS = Sentence("“{kind}”要写成 [[{kind}]] 下的若干条", "{kind} are written as rows, each under a line [[{kind}]]")
NO_NUMBER = Sentence(
    "{kind} 的“{field}”不行：{value}；请写{range}", "{field} of {kind} will not do: {value}; write {range}"
)
NO_DAY = Sentence(
    "{kind} 的 valid_until 不是日期：{value}；请写成 2026-02-03",
    "valid_until of {kind} is no day: {value}; write it as 2026-02-03",
)
TOO_OLD = Sentence(
    "{kind} 第 {row} 条：报价{offer}只到 {until} 有效；请供应商重新报价，或改 valid_until",
    "{kind}, number {row}: the offer{offer}was valid until {until}; ask for a new one, or change valid_until",
)
BY_OFFER = Sentence("{supplier}，报价单 {offer}", "{supplier}, offer {offer}")
RANGES = {
    "amount": Sentence("不小于 0 的数", "a number of at least 0"),
    "positive": Sentence("大于 0 的数", "a number above 0"),
    "share": Sentence("0 到 1 的数", "a number from 0 to 1"),
}
POSITIVE, SHARES = {"qty", "call", "ratio"}, {"chance", "part"}
MOST = 1e15


def entered_in(path: Path, per_unit: int, today: date, lang: Language) -> Possible:
    """The options in a TOML file; see ``entered``."""
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as reason:
        raise UsageError(NO_FILE.say(lang, path=path, reason=reason)) from reason
    return entered(given, per_unit, today, lang)


def entered(given: Mapping[str, Any], per_unit: int, today: date, lang: Language) -> Possible:
    """Options by kind, each a list of rows, as the library counts: in smallest steps, ``per_unit`` of them in a unit.

    Raises UsageError for an unknown kind or field, a missing one, a value that will not do, or a written offer that
    is no longer valid ``today``.
    """
    for kind in given:
        if kind not in KINDS:
            raise UsageError(NO_KIND.say(lang, kind=kind, known=", ".join(KINDS)))
        if not isinstance(given[kind], list) or not all(isinstance(row, Mapping) for row in given[kind]):
            raise UsageError(NO_ROWS.say(lang, kind=kind))
    return Possible(
        **{
            kind: tuple(
                _one(kind, _of_offer(kind, row, number, today, lang), number, per_unit, lang)
                for number, row in enumerate(rows, 1)
            )
            for kind, rows in given.items()
        }
    )


def _of_offer(kind: str, row: Mapping[str, Any], number: int, today: date, lang: Language) -> Mapping[str, Any]:
    """The row with its written offer named beside the supplier."""
    if kind not in WRITTEN:
        return row
    offer, until = row.get("offer"), row.get("valid_until")
    if until is not None:
        try:
            until = date.fromisoformat(str(until))
        except ValueError:
            raise UsageError(NO_DAY.say(lang, kind=kind, value=until)) from None
        if until < today:
            named = " " if offer is None else f" {offer} "
            raise UsageError(TOO_OLD.say(lang, kind=kind, row=number, offer=named, until=until))
    rest = {field: value for field, value in row.items() if field not in OF_OFFER}
    if offer is not None:
        rest["supplier"] = BY_OFFER.say(lang, supplier=rest.get("supplier", ""), offer=offer).lstrip("，, ")
    return rest


def _one(kind: str, row: Mapping[str, Any], number: int, per_unit: int, lang: Language) -> Any:
    shape: Any = KINDS[kind]
    for field in row:
        if field not in shape._fields:
            known = [*shape._fields, *(OF_OFFER if kind in WRITTEN else ())]
            raise UsageError(NO_FIELD.say(lang, kind=kind, field=field, known=", ".join(known)))
    filled = {**shape._field_defaults, **WITHOUT[kind], **row}
    for field in shape._fields:
        if field not in filled:
            raise UsageError(LACKING.say(lang, kind=kind, row=number, field=field))
    return shape(**{field: _value(kind, field, filled[field], per_unit, lang) for field in shape._fields})


def _value(kind: str, field: str, value: Any, per_unit: int, lang: Language) -> Any:
    if field in ("name", "supplier"):
        return str(value)
    form = "positive" if field in POSITIVE else "share" if field in SHARES else "amount"
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not 0 <= value <= (1 if form == "share" else MOST) or (form == "positive" and value == 0):
        raise UsageError(NO_NUMBER.say(lang, kind=kind, field=field, value=value, range=RANGES[form].say(lang)))
    if field in QUANTITIES:
        return max(round(value * per_unit), int(form == "positive"))
    if field in A_UNIT:
        return value / per_unit
    return int(value) if field in ("days", "day") else float(value)
