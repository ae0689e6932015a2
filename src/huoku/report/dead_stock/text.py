"""Dead stock in lines for a terminal: the verdict, the money, and the dearest lots with what to do about them."""

from collections.abc import Iterator

from huoku.language import SEMICOLON, Language, Sentence
from huoku.plan.explain.naming import names_of
from huoku.report.dead_stock.words import benchmark, cause_text, closed_text, doubts, lessons, routes_text, way_text
from huoku.report.numbers import money, qty, share
from huoku.report.terminal import columns
from huoku.sense.review import DeadStock

SHOWN = 12

NOTHING_DEAD = Sentence(
    "{today}：库存 {value}，一年内都用得上，没有呆滞。",
    "{today}: stock of {value}, all of it used within a year: nothing is dead.",
)
NOT_SURELY = Sentence(
    "{today}：库存 {value}，没有肯定用不上的。", "{today}: stock of {value}; none of it is surely left over."
)
VERDICT = Sentence(
    "{today}：库存 {value}，其中 {dead}（{share}）一年内用不上，共 {items:,} 种物料。",
    "{today}: stock of {value}; {dead} of it ({share}, items: {items:,}) will not be used within a year.",
)
WAITING = Sentence(
    "每拖一个月再亏 {loss}。现在出手能收回 {back}，账上认亏 {below}。",
    "Each month of waiting loses another {loss}. Sold today it brings {back}; {below} of its cost is lost.",
)
KEPT = Sentence(
    "有一部分以后几年还用得到，留着更划算：值 {kept}，不算在收回和认亏里。",
    "A part will be used in later years and is worth more kept, {kept}; it is in neither figure.",
)
BY_TIME = Sentence(
    "另两种算法：{idle_days} 天没动 {movement}（{movement_share}），放了 {age_days} 天以上 {age}（{age_share}）。",
    "By other rules: {movement} ({movement_share}) without an issue for {idle_days} {idle_days|day|days}, "
    "{age} ({age_share}) older "
    "than {age_days} {age_days|day|days}.",
)
STILL_USED = Sentence(
    "没动过但一年内还会用到的有 {value}：不用处理，盯着就行。",
    "{value} has not moved but will be used within a year: keep it, and keep an eye on it.",
)
DOUBTFUL = Sentence(
    "还有 {value} 多半也用不上，只是说不准，先问清楚再进货：{items}。",
    "{value} more is likelier left than used, though not surely; ask before more is bought: {items}.",
)
DOUBTFUL_ITEM = Sentence("{item}（{cause}）", "{item} ({cause})")
MORE_ITEMS = Sentence("等", "and others")
NAMED = 3
"""So many of the dearest doubtful items are named."""
PROVISION = Sentence(
    "跌价准备：按没动的月数 {movement}，按够用的月数 {coverage}。",
    "Provision: {movement} by months without movement, {coverage} by months of coverage.",
)
HEADS = (
    Sentence("物料", "item"),
    Sentence("批号", "lot"),
    Sentence("用不上", "dead"),
    Sentence("价值", "value"),
    Sentence("每月再亏", "loss a month"),
    Sentence("能收回", "brings"),
    Sentence("库龄", "days here"),
)
WHY = Sentence("    为什么：{cause}", "    why: {cause}")
WAY = Sentence("    怎么办：{way}", "    way out: {way}")
LESSON = Sentence("    上次的教训：{lesson}", "    lesson of last time: {lesson}")
MORE = Sentence(
    "……还有 {count:,} 批，见 --json 或 -o FILE.xlsx", "... {count:,} more {count|lot|lots}, see --json or -o FILE.xlsx"
)


def dead_stock_text(review: DeadStock, lang: Language = "en") -> str:
    """Lines for a terminal."""
    return "\n".join([*verdict(review, lang), *_list(review, lang)])


def verdict(review: DeadStock, lang: Language) -> Iterator[str]:
    """The findings in a few sentences, the first of them the answer."""
    figures, settings = review.figures, review.factory.settings
    shares = figures["shares"]

    def cash(value: float) -> str:
        return money(value, settings.currency)

    if not figures["dead_lots"]:
        answer = NOT_SURELY if figures["doubtful"] else NOTHING_DEAD
        yield answer.say(lang, today=settings.today, value=cash(figures["value"]))
    else:
        yield VERDICT.say(
            lang,
            today=settings.today,
            value=cash(figures["value"]),
            dead=cash(figures["dead_value"]),
            share=share(shares["dead_by_forecast"]["share"]),
            items=figures["dead_items"],
        )
        yield benchmark(figures, review.factory.settings.company_stage, lang)
        yield WAITING.say(
            lang,
            loss=cash(figures["loss_per_month"]),
            back=cash(figures["back"]),
            below=cash(figures["below_cost"]),
        )
    if figures["kept"]:
        yield KEPT.say(lang, kept=cash(figures["kept"]))
    yield BY_TIME.say(
        lang,
        idle_days=review.rules.idle_days,
        age_days=review.rules.over_age_days,
        movement=cash(shares["dead_by_movement"]["value"]),
        movement_share=share(shares["dead_by_movement"]["share"]),
        age=cash(shares["dead_by_age"]["value"]),
        age_share=share(shares["dead_by_age"]["share"]),
    )
    if figures["idle_but_used"]:
        yield STILL_USED.say(lang, value=cash(figures["idle_but_used"]))
    if figures["doubtful"]:
        yield DOUBTFUL.say(lang, value=cash(figures["doubtful"]), items=_doubtful_items(review, lang))
    yield PROVISION.say(
        lang, movement=cash(figures["provision_by_movement"]), coverage=cash(figures["provision_by_coverage"])
    )
    if closed := closed_text(figures, settings.currency, lang):
        yield closed
    yield from doubts(figures, settings.today, lang)


def _doubtful_items(review: DeadStock, lang: Language) -> str:
    items = review.doubtful.unique("item", keep="first", maintain_order=True).with_columns(order=None)
    named = [
        DOUBTFUL_ITEM.say(lang, item=row["item"], cause=cause_text(row, lang))
        for row in items.head(NAMED).iter_rows(named=True)
    ]
    return SEMICOLON.say(lang).join([*named, MORE_ITEMS.say(lang)] if items.height > NAMED else named)


def _list(review: DeadStock, lang: Language) -> Iterator[str]:
    dead = review.dead.head(SHOWN)
    if dead.is_empty():
        return
    currency, ways = review.factory.settings.currency, routes_text(review.routes, lang)
    names, learnt = names_of(review.factory, lang, dead["item"]), lessons(review.closed)
    rows = [tuple(head.say(lang) for head in HEADS)]
    for row in dead.iter_rows(named=True):
        name, unit = names[row["item"]]
        rows.append(
            (
                f"{row['item']} {name}".rstrip(),
                row["lot"] or "",
                f"{qty(row['dead'])} {unit}",
                money(row["dead_value"], currency),
                money(row["loss_per_month"], currency),
                money(row["back"], currency),
                qty(row["age_days"]),
            )
        )
    head, *lines = columns(rows, {2, 3, 4, 5, 6})
    yield ""
    yield head
    for line, row in zip(lines, dead.iter_rows(named=True), strict=True):
        yield line
        yield WHY.say(lang, cause=cause_text(row, lang))
        yield WAY.say(lang, way=way_text(row, ways, review.rules.idle_days, lang))
        if row["item"] in learnt:
            yield LESSON.say(lang, lesson=learnt[row["item"]])
    if review.dead.height > SHOWN:
        yield MORE.say(lang, count=review.dead.height - SHOWN)
