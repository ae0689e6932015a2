"""Printing labels of rows: how many, how large; then the sheets."""

from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from huoku.language import Language, Sentence
from huoku.server.look.speaking import language
from huoku.server.office.frame import page, shown, table_called
from huoku.server.office.labels import MOST, SIZES, printed, sheets
from huoku.server.platform.actor import Actor
from huoku.server.platform.tables.asking import question
from huoku.server.platform.tables.showing import page as page_of
from huoku.server.platform.tables.table import Table

MOST_ROWS = 500
TOO_MANY = Sentence("一次最多打印 {most} 枚标签。", "{most} {most|label|labels} can be printed at once.")
NO_NUMBER = Sentence("数量和枚数应为正数。", "Quantity and number of labels are to be above zero.")


@require_GET
@page
def labels(request: HttpRequest, actor: Actor, table_name: str) -> HttpResponse:
    """``?id=1&id=2``: asks for size and number; with ``size`` it gives the sheets to print."""
    table = table_called(table_name, actor)
    if table.label is None:
        raise Http404
    rows = _rows(table, actor, request.GET.getlist("id"))
    size = SIZES.get(request.GET.get("size", ""))
    told: dict[str, Any] = {"table": table, "title": table.title.say(language()), "rows": rows}
    if not rows:
        raise Http404
    asked = {name: request.GET.get(name, "").strip() for name in ("copies", "qty", "start", "words")}
    fault = _fault(asked, len(rows)) if size else ""
    if size is None or fault:
        sizes = [(each.name, each.words.say(language())) for each in SIZES.values()]
        names = [str(row.get(table.label.title) or row["id"]) for row in rows]
        form = {**told, "sizes": sizes, "names": names, "asked": asked, "fault": fault, "size": size and size.name}
        return shown(request, actor, "office/labels.html", form, status=422 if fault else 200)
    copies, start = int(asked["copies"] or 1), min(int(asked["start"] or 1), size.a_sheet)
    quantity = Decimal(asked["qty"]) if asked["qty"] else None
    lang: Language = "en" if asked["words"] == "en" else "zh" if asked["words"] == "zh" else language()
    made = [
        each
        for row in rows
        for each in printed(table.label, row, lang, _address(request, table, row), copies, quantity)
    ]
    facts = {**told, "size": size, "sheets": sheets(made, size, start), "lang": lang}
    return shown(request, actor, "office/label_sheets.html", facts)


def _rows(table: Table, actor: Actor, ids: list[str]) -> list[dict[str, Any]]:
    """The rows in the order of the list, as far as the actor knows of them."""
    wanted = list(islice((id for id in ids if id.isdecimal() and len(id) < 19), MOST_ROWS))
    if not wanted:
        return []
    asked = {"filter[id][in]": ",".join(wanted), "sort": "id", "limit": str(MOST_ROWS)}
    return page_of(table, actor, question(table, actor, asked)).rows


def _fault(asked: dict[str, str], rows: int) -> str:
    """What is wrong with the numbers, in words; "" where nothing is."""
    for name in ("copies", "start"):
        if asked[name] and not (asked[name].isdecimal() and len(asked[name]) < 5 and int(asked[name])):
            return NO_NUMBER.say(language())
    if asked["qty"] and not _is_quantity(asked["qty"]):
        return NO_NUMBER.say(language())
    return TOO_MANY.say(language(), most=MOST) if rows * int(asked["copies"] or 1) > MOST else ""


def _is_quantity(text: str) -> bool:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return False
    return value.is_finite() and 0 < value < 10**12 and len(text) <= 20


def _address(request: HttpRequest, table: Table, row: dict[str, Any]) -> str:
    return request.build_absolute_uri(reverse("office_row", args=(table.name, str(row["id"]))))
