"""A letter to a supplier that asks for less than its minimum, to be filled in, signed and kept as a written offer.

It says what is needed, when, and roughly how much in a year; what that is worth to us it does not say.
"""

from collections.abc import Sequence
from pathlib import Path

from huoku.errors import UsageError
from huoku.language import Language, Sentence
from huoku.plan.buying import Advice, Line
from huoku.report.document import document
from huoku.report.markup import Column, Html, el, grid, join, row
from huoku.report.numbers import price, qty
from huoku.report.whole import replaced_whole

TITLE = Sentence("小批量询价单", "Request for a written offer")
TO = Sentence("致 {supplier}　　{today}", "To {supplier}, {today}")
NOBODY = Sentence("没有供应商供“{item}”，询价单不知道寄给谁", "no supplier sells {item}: there is nobody to ask")
UNNAMED = Sentence("（供应商）", "(supplier)")
NEED = Sentence(
    "我们要 {item} {qty} {unit}，{wanted} 到货。贵司现在的条件是起订 {minimum} {unit}、单价 {price}。",
    "We need {qty} {unit} of {item} on {wanted}. Your terms today: {minimum} {unit} at least, at {price} each.",
)
PLEASE = Sentence(
    "起订量比我们要用的多，多出来的多半用不掉。请就下面几种做法报价，空格里填好，签章后发回，以此为书面依据。",
    "The minimum is more than we can use. Please offer what you can of the following, fill in the blanks and return it "
    "signed: it counts as your written offer.",
)
WAYS = Sentence("请报价", "What we ask for")
WAY_HEADS = (
    Sentence("做法", "way"),
    Sentence("单价", "unit price"),
    Sentence("一次性费用", "fee, once"),
    Sentence("每次送货费", "fee for each call"),
    Sentence("没叫的每件补偿", "for each unit never called"),
    Sentence("多少天到货", "days"),
)
SMALL = Sentence("只做 {qty} {unit}", "{qty} {unit} alone")
CALLS = Sentence(
    "签 {minimum} {unit} 的合同，先送 {qty}，其余一年内按需叫货",
    "a contract over {minimum} {unit}: {qty} now, the rest called within a year as needed",
)
LESS = Sentence("起订量降到 {qty} {unit}", "a minimum of {qty} {unit}")
FORECAST = Sentence("今后大致用量（只供参考，双方不受约束）", "Rough need of the coming months (binding nobody)")
UNTIL = Sentence("{months} 个月内", "within {months} {months|month|months}")
IN_ALL = Sentence("累计", "in all")
WHY = Sentence("起订量主要是为了什么？请勾选，并写明大约多少钱", "What is the minimum for? Please tick, with the money")
REASONS = (
    Sentence("换产、开机", "set-up"),
    Sentence("运费", "freight"),
    Sentence("单据和管理", "paperwork"),
    Sentence("你们自己的原料也有起订量", "the minimum of your own material"),
    Sentence("其他", "other"),
)
REASON_HEADS = (Sentence("原因", "reason"), Sentence("每单大约多少钱", "money for each order"))
SIGNED = Sentence("报价单", "The offer")
SIGNED_HEADS = (
    Sentence("报价单号", "number"),
    Sentence("有效期至", "valid until"),
    Sentence("姓名", "name"),
    Sentence("日期、签章", "date, signature"),
)
BOX = "☐ "
MONTHS = (3, 6, 9, 12)


def offer_request(advice: Advice, lang: Language) -> str:
    """The letter as one HTML page. Raises UsageError where nobody offers the item."""
    if advice.minimum is None:
        raise UsageError(NOBODY.say(lang, item=advice.item))
    return _page(advice, advice.minimum, lang)


def write_offer_request(advice: Advice, path: str | Path, lang: Language | None = None) -> Path:
    """Write the letter as one HTML page and return its path; an older file is replaced whole.

    Raises UsageError where nobody offers the item.
    """
    told = offer_request(advice, lang or advice.lang)
    path = Path(path)
    with replaced_whole(path) as fresh:
        fresh.write_text(told, encoding="utf-8")
    return path


def _page(advice: Advice, minimum: Line, lang: Language) -> str:
    to = TO.say(lang, supplier=minimum.whom or UNNAMED.say(lang), today=advice.today)
    title = el("div", el("h1", TITLE.say(lang)), el("p", to, cls="sec"), cls="title")
    need = NEED.say(
        lang,
        item=f"{advice.item} {advice.item_name}".strip(),
        qty=qty(advice.qty),
        unit=advice.unit,
        wanted=advice.wanted,
        minimum=qty(minimum.qty),
        price=price(minimum.unit_price, advice.currency),
    )
    said = el("section", el("p", need, cls="say"), el("p", PLEASE.say(lang)), cls="verdict")
    parts = [
        _blanks(WAYS.say(lang), WAY_HEADS, _ways(advice, minimum, lang), lang),
        _forecast(advice, lang),
        _blanks(WHY.say(lang), REASON_HEADS, [BOX + reason.say(lang) for reason in REASONS], lang),
        _blanks(SIGNED.say(lang), SIGNED_HEADS, [" "], lang),
    ]
    body = join([el("header", title, cls="top"), el("main", said, parts)])
    return document(f"{TITLE.say(lang)} {advice.item}", body, lang=lang)


def _ways(advice: Advice, minimum: Line, lang: Language) -> list[str]:
    words = {"qty": qty(advice.qty), "minimum": qty(minimum.qty), "unit": advice.unit}
    points = advice.pack.points[1:-1] if advice.pack is not None else ()
    less = [LESS.say(lang, qty=qty(point.qty), unit=advice.unit) for point in points]
    return [SMALL.say(lang, **words), CALLS.say(lang, **words), *less]


def _forecast(advice: Advice, lang: Language) -> Html | None:
    if advice.pack is None:
        return None
    expected = advice.pack.expected
    columns = [Column("", "name"), *(Column(UNTIL.say(lang, months=months), "number") for months in MONTHS)]
    cells = [IN_ALL.say(lang), *(f"{qty(round(expected[months - 1]))} {advice.unit}" for months in MONTHS)]
    return _panel(FORECAST.say(lang), grid(columns, [row(columns, cells)]))


def _blanks(title: str, heads: Sequence[Sentence], firsts: Sequence[str], lang: Language) -> Html:
    """A table to fill in: what each row is about, and empty cells."""
    columns = [Column(head.say(lang), "name" if at == 0 else "text") for at, head in enumerate(heads)]
    rows = [row(columns, [first, *[""] * (len(heads) - 1)]) for first in firsts]
    return _panel(title, grid(columns, rows))


def _panel(title: str, inner: Html) -> Html:
    return el("section", el("header", el("h2", title)), inner, cls="panel")
