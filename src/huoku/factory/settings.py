"""``factory.toml``, or the sheet ``factory``: the day, the horizon and the rates of money."""

import math
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from huoku.factory.cells import BadCell, day, flag, rate, whole
from huoku.factory.contract import nearest, plain
from huoku.factory.findings import Findings
from huoku.factory.stage import BY_STAGE, STAGES, Bearing, Stage
from huoku.language import Sentence

FIRST_TODAY, LAST_TODAY = date(1900, 1, 1), date(2200, 12, 31)
LONGEST_HORIZON = 36_500

NOT_TOML = Sentence("这不是 TOML 文件（{reason}）；请改正", "this is no TOML file ({reason}); correct it")
UNKNOWN_KEY = Sentence(
    "不认识设置“{value}”，已忽略；可以写：{allowed}", "setting “{value}” is unknown and ignored; known: {allowed}"
)
BAD_DAY = Sentence(
    "“{value}”不能作计划的第一天；请写成 2026-01-05",
    "“{value}” cannot be the first day of a plan; write it as 2026-01-05",
)
BAD_WHOLE = Sentence(
    "“{value}”不行；请写 {low} 到 {high} 的整数", "“{value}” will not do; write a whole number from {low} to {high}"
)
BAD_RATE = Sentence("“{value}”不行；请写 0 到 {high} 的数", "“{value}” will not do; write a number from 0 to {high}")
BAD_MONEY = Sentence("“{value}”不行；请写不小于 0 的金额", "“{value}” will not do; write an amount of money, 0 or more")
BAD_FLAG = Sentence("“{value}”不行；请写 true 或 false", "“{value}” will not do; write true or false")
BAD_MIXING = Sentence(
    "“{value}”不行；请写 piece（逐件混用）或 lot（整批一种）", "“{value}” will not do; write piece or lot"
)
BAD_FUTURE_USE = Sentence(
    "“{value}”不行；请写 outlook（按历史预测余料还能用掉多少）或 none（不计以后的用量）",
    "“{value}” will not do; write outlook or none",
)
BAD_STAGE = Sentence(
    "“{value}”不行；请写 startup（初创）、growth（成长）、expansion（扩张）或 any（不分）",
    "“{value}” will not do; write startup, growth, expansion or any",
)
CROSSED_LINES = Sentence(
    "呆滞提醒线 {warn:.0%} 高过报警线 {alarm:.0%}；请改 dead_warn 或 dead_alarm",
    "dead stock is told from {warn:.0%} on, above the alarm at {alarm:.0%}; change dead_warn or dead_alarm",
)
BAD_CURRENCY = Sentence(
    "“{value}”不行；请写币种代码，例如 CNY", "“{value}” will not do; write a currency code, such as CNY"
)


Mixing = Literal["piece", "lot"]
MIXINGS: dict[str, Mixing] = {"piece": "piece", "lot": "lot", "逐件": "piece", "整批": "lot"}
FutureUse = Literal["outlook", "none"]
FUTURE_USES: dict[str, FutureUse] = {"outlook": "outlook", "none": "none", "预测": "outlook", "不计": "none"}


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for the whole factory.

    ``horizon_days``: the last day of the plan is today + so many days. ``holding_rate``: cost of holding
    stock, per year, as a part of its value. ``salvage_rate``: part of the value that is recovered from
    stock nothing will use. ``late_rate``: cost of a late line per day, as a part of the line's value.
    ``frozen_days``: nothing new starts within so many days from today. ``substitute_mixing``: may the item and
    its substitutes serve one need together, piece by piece, or does one of them serve the whole lot?
    ``change_rate``: when a plan is worked out again, the cost of changing an order that starts today, as a part of
    its value; it falls to nothing for what starts ``change_days`` from today. ``future_use``: does a leftover count
    what the past foretells of its use (``outlook``), or its salvage alone (``none``)? ``risk_limit``: money by which
    the dearest tenth of futures of one purchase may exceed its expected cost; ``excess_limit``: the part of a purchase
    that may be left over. Both are kept wherever there is a way to keep them. ``dead_warn``, ``dead_alarm``: the parts
    of the value of stock, and of a purchase, from which on what is dead is told, and is an alarm. These two and
    ``excess_limit`` are those of ``company_stage`` where they are None: see ``bearing``.
    """

    today: date
    horizon_days: int = 365
    currency: str = "CNY"
    holding_rate: float = 0.2
    salvage_rate: float = 0.1
    late_rate: float = 0.01
    partial_shipments: bool = False
    frozen_days: int = 0
    change_rate: float = 0.005
    change_days: int = 30
    substitute_mixing: Mixing = "piece"
    future_use: FutureUse = "outlook"
    risk_limit: float = math.inf
    excess_limit: float | None = None
    company_stage: Stage = "any"
    dead_warn: float | None = None
    dead_alarm: float | None = None

    @property
    def bearing(self) -> Bearing:
        """What the company bears: the owner's own figures, else those of its stage."""
        usual = BY_STAGE[self.company_stage]
        own = {name: getattr(self, name) for name in Bearing._fields}
        return usual._replace(**{name: value for name, value in own.items() if value is not None})


NAMES = tuple(field.name for field in fields(Settings))

CHINESE_NAMES = {
    "今天": "today",
    "计划天数": "horizon_days",
    "币种": "currency",
    "持有成本率": "holding_rate",
    "残值率": "salvage_rate",
    "迟交成本率": "late_rate",
    "可分批交货": "partial_shipments",
    "冻结天数": "frozen_days",
    "变更成本率": "change_rate",
    "变更天数": "change_days",
    "替代料混用": "substitute_mixing",
    "余料用量": "future_use",
    "风险上限": "risk_limit",
    "余料上限": "excess_limit",
    "企业阶段": "company_stage",
    "呆滞提醒线": "dead_warn",
    "呆滞报警线": "dead_alarm",
}

MEANINGS = {
    "today": Sentence("计划的第一天，不填就是运行当天", "first day of the plan; the day of the run where empty"),
    "horizon_days": Sentence("计划的最后一天 = 今天 + 这么多天", "last day of the plan = today + so many days"),
    "currency": Sentence("全部金额的币种", "the currency of all money"),
    "holding_rate": Sentence("每年的持有成本，占价值的比例", "cost of holding stock, per year, as a part of its value"),
    "salvage_rate": Sentence("用不上的库存能收回的价值比例", "part of the value recovered from stock nothing will use"),
    "late_rate": Sentence(
        "订单行每迟一天的成本，占该行金额的比例", "cost of a late line per day, as a part of its value"
    ),
    "partial_shipments": Sentence("一个需求可以分几天交货吗", "may one demand be shipped on several days?"),
    "frozen_days": Sentence("从今天起这么多天内不开新单", "nothing new starts within so many days from today"),
    "change_rate": Sentence(
        "重排时，改动今天就要开始的单子的成本，占该单价值的比例",
        "when a plan is worked out again: cost of changing an order that starts today, as a part of its value",
    ),
    "change_days": Sentence(
        "开始日在这么多天之后的单子，改动不计成本", "changing an order that starts after so many days costs nothing"
    ),
    "substitute_mixing": Sentence(
        "一个需要里原料和替代料：piece 可以逐件混用，lot 只能整批用其中一种",
        "an item and its substitutes for one need: piece mixes them, lot uses one of them alone",
    ),
    "future_use": Sentence(
        "余料值多少：outlook 按历史预测以后还能用掉多少，none 只算残值",
        "what a leftover is worth: outlook counts the use that the past foretells, none its salvage alone",
    ),
    "risk_limit": Sentence(
        "一次采购最坏一成的情形最多比预期多花多少钱，不填就不限",
        "money by which the worst tenth of futures of one purchase may exceed its expected cost; no limit where empty",
    ),
    "excess_limit": Sentence(
        "一次采购最多允许剩下的比例，不填就按企业阶段：初创 50%，成长 75%，其余不限",
        "the part of one purchase that may be left over; where empty by the stage: start-up 50 %, growth 75 %, else 1",
    ),
    "company_stage": Sentence(
        "企业处在哪个阶段：startup 初创，growth 成长，expansion 扩张，any 不分；越早越经不起呆滞",
        "the stage of the company: startup, growth, expansion or any; the earlier, the less dead stock it bears",
    ),
    "dead_warn": Sentence(
        "呆滞占库存价值（或占一次采购）到几成就提醒，不填就按企业阶段：初创 5%，其余 10%",
        "part of the stock's (a purchase's) value that is dead from which on it is told; by the stage: start-up 5 %, "
        "else 10 %",
    ),
    "dead_alarm": Sentence(
        "到几成就报警，不填就按企业阶段：初创 10%，成长 20%，其余 30%",
        "and from which on it is an alarm; by the stage: start-up 10 %, growth 20 %, else 30 %",
    ),
}


def parse_toml(data: bytes, file: str, findings: Findings) -> dict[str, object]:
    """The keys and values of a factory.toml; nothing, and an error told, when it is not TOML."""
    try:
        return tomllib.loads(data.decode("utf-8-sig").replace("\r\n", "\n"))
    except (ValueError, RecursionError) as error:
        reason = "not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)[:200]
        findings.error("not_toml", NOT_TOML, file=file, reason=reason)
        return {}


def settings_from(given: Mapping[str, object], today: date, file: str, findings: Findings) -> Settings:
    """The settings with their defaults; ``today`` where ``given`` has none. Every bad value is told."""
    values: dict[str, object] = {"today": today}
    for key, value in given.items():
        name = CHINESE_NAMES.get(key.strip(), plain(key))
        if name not in NAMES:
            likely = nearest(name, NAMES)
            findings.warning("unknown_setting", UNKNOWN_KEY, file=file, value=key, allowed=likely or ", ".join(NAMES))
            continue
        if value is None or value == "":
            continue
        try:
            values[name] = READERS[name](value)
        except BadCell as bad:
            findings.error(bad.rule, bad.sentence, file=file, table="factory", column=name, value=value, **bad.fields)
    settings = Settings(**values)  # type: ignore[arg-type]  # the readers give each field its type
    warn, alarm, _ = settings.bearing
    if warn > alarm:
        findings.error(
            "crossed_lines", CROSSED_LINES, file=file, table="factory", column="dead_warn", warn=warn, alarm=alarm
        )
    return settings


def _today(value: object) -> date:
    try:
        found = value.date() if isinstance(value, datetime) else value if isinstance(value, date) else day(str(value))
    except BadCell:
        found = None
    if found is None or not FIRST_TODAY <= found <= LAST_TODAY:
        raise BadCell("bad_today", BAD_DAY)
    return found


def _days(low: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        bad = BadCell("bad_days", BAD_WHOLE, low=low, high=LONGEST_HORIZON)
        if isinstance(value, bool):
            raise bad
        try:
            found = whole(str(value))
        except BadCell:
            raise bad from None
        if not low <= found <= LONGEST_HORIZON:
            raise bad
        return found

    return read


def _share(high: int) -> Callable[[object], float]:
    def read(value: object) -> float:
        bad = BadCell("bad_rate", BAD_RATE, high=high)
        if isinstance(value, bool):
            raise bad
        try:
            found = float(value) if isinstance(value, int | float | Decimal) else float(rate(str(value)))
        except (BadCell, OverflowError):
            raise bad from None
        if not (math.isfinite(found) and 0 <= found <= high):
            raise bad
        return found

    return read


def _yes_or_no(value: object) -> bool:
    try:
        return value if isinstance(value, bool) else flag(str(value))
    except BadCell:
        raise BadCell("bad_flag", BAD_FLAG) from None


def _currency(value: object) -> str:
    found = str(value).strip()
    if not isinstance(value, str) or not found.isprintable() or not 1 <= len(found) <= 10:
        raise BadCell("bad_currency", BAD_CURRENCY)
    return found


def _mixing(value: object) -> Mixing:
    found = MIXINGS.get(plain(str(value)))
    if found is None:
        raise BadCell("bad_mixing", BAD_MIXING)
    return found


def _future_use(value: object) -> FutureUse:
    found = FUTURE_USES.get(plain(str(value)))
    if found is None:
        raise BadCell("bad_future_use", BAD_FUTURE_USE)
    return found


def _stage(value: object) -> Stage:
    found = STAGES.get(plain(str(value)))
    if found is None:
        raise BadCell("bad_stage", BAD_STAGE)
    return found


def _money(value: object) -> float:
    bad = BadCell("bad_money", BAD_MONEY)
    if isinstance(value, bool):
        raise bad
    try:
        found = float(value) if isinstance(value, int | float | Decimal) else float(rate(str(value)))
    except (BadCell, OverflowError):
        raise bad from None
    if not found >= 0:
        raise bad
    return found


READERS: dict[str, Callable[[object], object]] = {
    "today": _today,
    "horizon_days": _days(1),
    "currency": _currency,
    "holding_rate": _share(10),
    "salvage_rate": _share(1),
    "late_rate": _share(10),
    "partial_shipments": _yes_or_no,
    "frozen_days": _days(0),
    "change_rate": _share(10),
    "change_days": _days(0),
    "substitute_mixing": _mixing,
    "future_use": _future_use,
    "risk_limit": _money,
    "excess_limit": _share(1),
    "company_stage": _stage,
    "dead_warn": _share(1),
    "dead_alarm": _share(1),
}
"""How each setting is read, from TOML values or from the text of a cell."""
