"""The case for the boss in words: one or two printed pages."""

from typing import Any

from huoku.language import Language, Sentence
from huoku.plan.explain.naming import names_of
from huoku.report.dead_stock.blocks import Bar, Bars, Notes, Paper, Rows, Tile
from huoku.report.dead_stock.case import Case
from huoku.report.dead_stock.case_remarks import DAYS, cash, remarks, taught
from huoku.report.dead_stock.words import OUTLET_KINDS, asked_first, cause_text
from huoku.report.numbers import NOTHING, qty, share
from huoku.report.terminal import columns

ROUTES, BUYS = 6, 5

TITLE = Sentence("呆滞料：请老板拍板", "Dead stock: a decision to make")
SUBTITLE = Sentence("{today} · 金额 {currency}", "{today} · money in {currency}")
VERDICT = Sentence(
    "{dead} 的料一年内用不上。现在清掉净收回 {now}；拖一年净得 {later}，差 {saved}。",
    "{dead} of material will not be used within a year. Cleared now it brings {now}, after a year of waiting {later}: "
    "waiting costs {saved}.",
)
NOTHING_DEAD = Sentence("没有呆滞料要处理。", "There is no dead stock to clear.")

SHARE, SHARE_HINT = Sentence("呆滞占比", "dead-stock share"), Sentence("库存共 {value}", "of {value} in stock")
TIED, TIED_HINT = (
    Sentence("压住的钱", "cash tied up"),
    Sentence("{items:,} 种、{lots:,} 批", "items: {items:,}, lots: {lots:,}"),
)
MONTH, MONTH_HINT = (
    Sentence("每拖一个月", "each month of waiting"),
    Sentence("持有 {holding} + 掉价 {fading}", "holding {holding} + falling prices {fading}"),
)
TURNS, TURNS_HINT = (
    Sentence("外购料周转", "turnover of material"),
    Sentence("清掉呆滞后 {days:,.0f} 天", "{days:,.0f} {days:,.0f|day|days} without what is dead"),
)
NO_TURNS = Sentence("历史不满一年", "less than a year of history")

DEAD_CHART = Sentence("两年里躺着不动的料", "Lying still, over two years")
DEAD_REMARK = Sentence(
    "每季末，今天还在的料里有多少已经 {idle_days} 天没动。当时有、后来处理掉的不在内，所以只会更多。",
    "At each quarter's end: of what is still here today, how much had not moved for {idle_days} "
    "{idle_days|day|days}. What has gone "
    "since is not in it, so it was at least this.",
)
USE_CHART = Sentence("两年里用掉的外购料", "Material used, over two years")
USE_REMARK = Sentence(
    "按今天的成本。近一年 {use}，前一年 {before}。", "At today's cost. The last year {use}, the year before {before}."
)
UNKNOWN = Sentence("没有记录", "not recorded")

WHEN = Sentence("早处理和晚处理差多少", "Sooner or later: what it brings")
WHEN_HEAD = (
    Sentence("什么时候", "when"),
    Sentence("能收回", "brings"),
    Sentence("到那时的持有成本", "holding until then"),
    Sentence("净得", "net"),
    Sentence("比现在少", "less than now"),
)
NOW, LATER = Sentence("现在", "now"), Sentence("{months} 个月后", "in {months} {months|month|months}")
NEXT_MONTH = Sentence("1 个月后", "in a month")
WHEN_REMARK = Sentence(
    "持有成本按每年 {rate} 算（资金、仓储、保管）。渠道到期或掉价已算在内。",
    "Holding is {rate} of the value a year (capital, space, care). Outlets that close or pay less are counted.",
)

WHERE = Sentence("怎么处理，卖给谁", "What goes where")
WHERE_HEAD = (
    Sentence("物料", "item"),
    Sentence("为什么呆滞", "why it is dead"),
    Sentence("怎么处理", "what to do"),
    Sentence("数量", "quantity"),
    Sentence("收回", "brings"),
)
WHERE_MORE = Sentence(
    "其余 {count:,} 行共收回 {money}，见清单。",
    "The other {count:,} {count|row brings|rows bring} {money}: see the list.",
)

LESS = Sentence("往后少买：不按起订量硬买省多少", "Buying less: what the other way would have cost")
LESS_HEAD = (
    Sentence("物料", "item"),
    Sentence("要用", "need"),
    Sentence("这样买", "bought"),
    Sentence("花费", "cost"),
    Sentence("不这样买", "instead of"),
    Sentence("花费", "cost"),
    Sentence("省", "saved"),
)
LESS_REMARK = Sentence(
    "花费含价款、运费、持有，并抵减余料能收回的钱。本计划这样的决定共省 {saved}。",
    "Cost counts price, freight and holding, less what leftovers give back. Such decisions of this plan save {saved}.",
)

FOOT = Sentence("由活库（huoku）做出：huoku deadstock --case。", "Made by huoku: huoku deadstock --case.")


def case_paper(case: Case, lang: Language) -> Paper:
    """The whole case in words, ready to be set as a page or a PDF."""
    settings = case.review.factory.settings
    parts: list[Rows | Notes] = [_when(case, lang), _where(case, lang)] if case.review.dead.height else []
    if case.purchases.height:
        parts.append(_less(case, lang))
    if case.review.closed.height:
        parts.append(taught(case, lang))
    parts.append(remarks(case, lang))
    return Paper(
        title=TITLE.say(lang),
        subtitle=SUBTITLE.say(lang, today=settings.today, currency=settings.currency),
        verdict=_verdict(case, lang),
        tiles=_tiles(case, lang),
        charts=(_dead_chart(case, lang), _use_chart(case, lang)),
        parts=parts,
        foot=FOOT.say(lang),
    )


def case_text(case: Case, lang: Language = "en") -> str:
    """The verdict and the figures in lines for a terminal."""
    paper = case_paper(case, lang)
    tiles = [f"  {tile.name}  {tile.value}  {tile.hint}" for tile in paper.tiles]
    lines = [paper.title, paper.verdict, *tiles]
    for part in paper.parts:
        inner = part.lines if isinstance(part, Notes) else columns([part.head, *part.rows], set(part.right))
        remark = [part.remark] if isinstance(part, Rows) and part.remark else []
        lines += ["", part.title, *(f"  {line}" for line in inner), *remark]
    return "\n".join(lines)


def _verdict(case: Case, lang: Language) -> str:
    net = dict(case.review.waiting.select("months", "net").iter_rows())
    if not net:
        return NOTHING_DEAD.say(lang)
    dead = cash(case, case.review.figures["dead_value"])
    now, later, saved = (cash(case, value) for value in (net[0], net[12], case.saved_by_selling_now))
    return VERDICT.say(lang, dead=dead, now=now, later=later, saved=saved)


def _tiles(case: Case, lang: Language) -> tuple[Tile, ...]:
    figures = case.review.figures
    holding = dict(case.review.waiting.select("months", "holding").iter_rows()).get(1, 0.0)
    fading = figures["loss_per_month"] - holding
    days = case.stock_days
    month_hint = MONTH_HINT.say(lang, holding=cash(case, holding), fading=cash(case, fading))
    return (
        Tile(
            SHARE.say(lang),
            share(figures["shares"]["dead_by_forecast"]["share"]),
            SHARE_HINT.say(lang, value=cash(case, figures["value"])),
        ),
        Tile(
            TIED.say(lang),
            cash(case, figures["dead_value"]),
            TIED_HINT.say(lang, items=figures["dead_items"], lots=figures["dead_lots"]),
        ),
        Tile(MONTH.say(lang), cash(case, -figures["loss_per_month"]), month_hint),
        Tile(
            TURNS.say(lang),
            NOTHING if days is None else DAYS.say(lang, days=days),
            NO_TURNS.say(lang) if days is None else TURNS_HINT.say(lang, days=case.live_days),
        ),
    )


def _dead_chart(case: Case, lang: Language) -> Bars:
    bars = [Bar(f"{ends:%Y-%m}", dead, cash(case, dead), is_bad=True) for ends, dead in _quarters(case, "dead")]
    return Bars(DEAD_CHART.say(lang), tuple(bars), DEAD_REMARK.say(lang, idle_days=case.review.rules.idle_days))


def _use_chart(case: Case, lang: Language) -> Bars:
    bars = [
        Bar(f"{ends:%Y-%m}", used, UNKNOWN.say(lang) if used is None else cash(case, used))
        for ends, used in _quarters(case, "used")
    ]
    remark = USE_REMARK.say(lang, use=cash(case, case.use), before=cash(case, case.use_before))
    return Bars(USE_CHART.say(lang), tuple(bars), remark)


def _quarters(case: Case, column: str) -> list[tuple[Any, Any]]:
    return list(case.quarters.select("ends", column).iter_rows())


def _when(case: Case, lang: Language) -> Rows:
    rows = []
    for months, back, holding, net in case.review.waiting.iter_rows():
        when = NOW.say(lang) if months == 0 else (NEXT_MONTH if months == 1 else LATER).say(lang, months=months)
        less = cash(case, case.review.waiting["net"][0] - net) if months else ""
        rows.append((when, cash(case, back), cash(case, holding), cash(case, net), less))
    rate = f"{case.review.factory.settings.holding_rate:.0%}"
    head = tuple(title.say(lang) for title in WHEN_HEAD)
    remark = WHEN_REMARK.say(lang, rate=rate)
    return Rows(WHEN.say(lang), head, tuple(rows), (24, 19, 19, 19, 19), frozenset({1, 2, 3, 4}), remark)


def _where(case: Case, lang: Language) -> Rows:
    """The routes that bring most."""
    routes = case.review.routes.sort("back", "item", "outlet", descending=[True, False, False])
    lots = {row["item"]: row for row in case.review.dead.iter_rows(named=True)}
    names = names_of(case.review.factory, lang, routes["item"].head(ROUTES))
    rows = []
    for item, outlet, kind, units, back in routes.head(ROUTES).iter_rows():
        name, unit = names[item]
        way = OUTLET_KINDS[kind].say(lang)
        way = way if kind in (outlet, "keep") else f"{way} → {outlet}"
        way = asked_first(lots[item], way, case.review.rules.idle_days, lang)
        rows.append(
            (f"{item} {name}".rstrip(), cause_text(lots[item], lang), way, f"{qty(units)} {unit}", cash(case, back))
        )
    rest = routes.slice(ROUTES)
    more = WHERE_MORE.say(lang, count=rest.height, money=cash(case, float(rest["back"].sum()))) if rest.height else ""
    head = tuple(title.say(lang) for title in WHERE_HEAD)
    return Rows(WHERE.say(lang), head, tuple(rows), (25, 24, 31, 10, 10), frozenset({3, 4}), more)


def _less(case: Case, lang: Language) -> Rows:
    names = names_of(case.review.factory, lang, case.purchases["item"].head(BUYS))
    rows = [
        (
            f"{row['item']} {names[row['item']][0]}".rstrip(),
            qty(row["needed_qty"]),
            f"{row['supplier'] or NOTHING} {qty(row['qty'])}",
            cash(case, row["cost"]),
            f"{row['alternative_supplier'] or row['supplier'] or NOTHING} {qty(row['alternative_qty'])}",
            cash(case, row["alternative_cost"]),
            cash(case, row["saved"]),
        )
        for row in case.purchases.head(BUYS).iter_rows(named=True)
    ]
    head = tuple(title.say(lang) for title in LESS_HEAD)
    remark = LESS_REMARK.say(lang, saved=cash(case, float(case.purchases["saved"].sum())))
    return Rows(LESS.say(lang), head, tuple(rows), (24, 7, 25, 8, 23, 8, 8), frozenset({1, 3, 5, 6}), remark)
