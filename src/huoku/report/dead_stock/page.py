"""Dead stock as one page: the verdict, how old the stock is, and every dead lot with its cause and way out."""

from huoku.factory import Factory
from huoku.language import Language, Sentence
from huoku.plan.explain.naming import item_names
from huoku.report.dead_stock.ageing_chart import ageing_chart
from huoku.report.dead_stock.text import verdict
from huoku.report.dead_stock.words import cause_text, routes_text, way_text
from huoku.report.document import document
from huoku.report.markup import Html, el, grid, join, row
from huoku.report.numbers import NOTHING, qty, share
from huoku.report.sections.parts import Voice, panel, remark
from huoku.sense.review import DeadStock

SHOWN = 200

TITLE = Sentence("呆滞料", "Dead stock")
QUESTION = Sentence(
    "哪些料一年内用不上？为什么，怎么办？", "What will not be used within a year? Why, and what to do with it?"
)
AGES = Sentence("库龄", "Age")
AGES_QUESTION = Sentence("放了多久？深色是用不上的。", "How long has it been here? Dark: what will not be used.")
LOTS = Sentence("逐批清单", "Lot by lot")
LOTS_QUESTION = Sentence(
    "从贵到便宜。能收回和每月再亏只算用不上的那部分。",
    "The dearest first. What it brings and loses is of the dead part.",
)
ITEM, LOT = Sentence("物料", "item"), Sentence("批号 / 库位", "lot / place")
DEAD, OF = Sentence("用不上", "dead"), Sentence("共 {qty}", "of {qty}")
VALUE, AGE = Sentence("价值", "value"), Sentence("库龄 / 没动", "days here / idle")
ODDS = Sentence("一年内用掉", "used in a year")
LOSS, BACK = Sentence("每月再亏", "loss a month"), Sentence("能收回", "brings")
CAUSE, WAY = Sentence("为什么", "why"), Sentence("怎么办", "way out")
STATES = {"quarantine": Sentence("待检", "quarantine"), "blocked": Sentence("冻结", "blocked")}
MORE = Sentence("还有 {count:,} 批，见工作簿", "{count:,} more {count|lot is|lots are} in the workbook")
MADE_BY = Sentence("由活库（huoku）做出：huoku deadstock。", "Made by huoku: huoku deadstock.")


def dead_stock_html(review: DeadStock, lang: Language) -> str:
    """The whole page as text."""
    voice = voice_of(review.factory, lang)
    first, *others = verdict(review, lang)
    told = el("section", el("p", first, cls="say"), el("ul", [el("li", line) for line in others]), cls="verdict")
    top = el(
        "header",
        el("div", el("h1", voice.say(TITLE)), el("p", voice.say(QUESTION), cls="sec"), cls="title"),
        cls="top",
    )
    ages = panel(voice, "ages", AGES, AGES_QUESTION, el("div", ageing_chart(review, lang).inline, cls="map"))
    body = join([top, el("main", told, ages, _lots(voice, review)), el("footer", el("p", voice.say(MADE_BY)))])
    return document(f"{TITLE.say(lang)} {voice.settings.today}", body, lang=lang)


def voice_of(factory: Factory, lang: Language) -> Voice:
    names = {item: (name, unit) for item, name, unit in item_names(factory, lang).iter_rows()}
    return Voice(factory.settings, lang, names)


def _state(status: str, voice: Voice) -> Html | None:
    """What is not simply there says so: it counts too."""
    return None if status == "available" else el("small", f" {voice.say(STATES[status])}")


def _lots(voice: Voice, review: DeadStock) -> Html:
    columns = voice.columns(
        (ITEM, "name"),
        (LOT, "spare"),
        (DEAD, "number"),
        (VALUE, "number"),
        (AGE, "number"),
        (ODDS, "number"),
        (LOSS, "number"),
        (BACK, "number"),
        (CAUSE, "wide"),
        (WAY, "wide"),
    )
    ways = routes_text(review.routes, voice.lang)
    rows = []
    for lot in review.dead.head(SHOWN).iter_rows(named=True):
        whole = el("small", voice.say(OF, qty=qty(lot["qty"])))
        cells = [
            el("span", voice.item(lot["item"]), cls="two"),
            join([lot["lot"] or NOTHING, el("small", f" {lot['location']}"), _state(lot["status"], voice)]),
            join([el("b", qty(lot["dead"])), " ", el("small", voice.unit(lot["item"])), " ", whole]),
            voice.money(lot["dead_value"]),
            f"{qty(lot['age_days'])} / {qty(lot['idle_days'])}",
            share(lot["p_use"]),
            voice.money(lot["loss_per_month"]),
            voice.money(lot["back"]),
            cause_text(lot, voice.lang),
            way_text(lot, ways, review.rules.idle_days, voice.lang),
        ]
        rows.append(row(columns, cells))
    if not rows:
        return panel(voice, "lots", LOTS, LOTS_QUESTION)
    rest = review.dead.height - SHOWN
    more = remark(voice.say(MORE, count=rest)) if rest > 0 else None
    value = voice.money(review.figures["dead_value"])
    return panel(voice, "lots", LOTS, LOTS_QUESTION, grid(columns, rows), more, aside=value)
