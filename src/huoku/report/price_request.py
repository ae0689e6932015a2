"""A request for prices: for each supplier a sheet with what is needed and empty cells to be filled in.

It says what is needed and when; what we pay today, and what a minimum costs us, it does not say.
"""

from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

from huoku.language import Language, Sentence
from huoku.report.document import document
from huoku.report.markup import Column, Html, el, grid, join, row
from huoku.report.numbers import qty

TITLE = Sentence("询价单", "Request for prices")
TO = Sentence("致 {supplier}　　{today}", "To {supplier}, {today}")
PLEASE = Sentence(
    "请就下列物料报价，空格里填好，签章后发回。只要需要的数量能做，请写按这个数量的单价；有起订量的，写明起订量和原因。",
    "Please quote the following, fill in the blanks and return it signed. Where the quantity that we need can be made, "
    "give the price of that quantity; where there is a minimum, name it and what it is for.",
)
HEADS: Sequence[tuple[Sentence, Literal["name", "number", "text"]]] = (
    (Sentence("物料", "item"), "name"),
    (Sentence("名称", "name"), "name"),
    (Sentence("需要数量", "quantity needed"), "number"),
    (Sentence("单位", "unit"), "text"),
    (Sentence("到货", "wanted on"), "text"),
    (Sentence("单价", "unit price"), "text"),
    (Sentence("一次性费用", "fee, once"), "text"),
    (Sentence("起订量和倍数", "minimum and multiple"), "text"),
    (Sentence("起订原因", "what the minimum is for"), "text"),
    (Sentence("多少天到货", "days"), "text"),
)
BLANKS = 5
SIGNED = Sentence("报价单号、有效期、签章：", "Number of the offer, valid until, signature:")


class Wanted(NamedTuple):
    """One line: so much of an item by a day."""

    item: str
    name: str
    qty: float
    unit: str
    on: date


class Sheet(NamedTuple):
    """What one supplier is asked for."""

    supplier: str
    lines: Sequence[Wanted]


def price_request(sheets: Sequence[Sheet], today: date, lang: Language) -> str:
    """The sheets as one HTML page, each beginning on a page of its own when it is printed."""
    return document(TITLE.say(lang), join([_sheet(sheet, today, lang) for sheet in sheets]), lang=lang)


def _sheet(sheet: Sheet, today: date, lang: Language) -> Html:
    to = TO.say(lang, supplier=sheet.supplier, today=today)
    columns = [Column(head.say(lang), kind) for head, kind in HEADS]
    lines = [
        row(columns, [line.item, line.name, qty(line.qty), line.unit, line.on.isoformat(), *[""] * BLANKS])
        for line in sheet.lines
    ]
    top = el("header", el("div", el("h1", TITLE.say(lang)), el("p", to, cls="sec"), cls="title"), cls="top")
    asked = el("section", el("p", PLEASE.say(lang)), cls="verdict")
    return join([top, el("main", asked, el("section", grid(columns, lines), cls="panel"), el("p", SIGNED.say(lang)))])
