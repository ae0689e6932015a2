"""What a list shows as a file: headings, names, hours and words as they are seen; other formats are for programs."""

import polars as pl
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from huoku.language import Language
from huoku.server.office.choices import choices_of
from huoku.server.office.names import of_people
from huoku.server.office.values import NO, YES, of_the_books
from huoku.server.office.words import label
from huoku.server.platform.actor import Actor
from huoku.server.platform.called import people_called
from huoku.server.platform.models import Company
from huoku.server.platform.tables import export, kinds
from huoku.server.platform.tables.asking import question
from huoku.server.platform.tables.table import Column, Table

FOR_PEOPLE = (export.XLSX, export.CSV)


def saved(table: Table, actor: Actor, asked: dict[str, str], wanted: str, lang: Language) -> HttpResponse:
    """The rows that ``asked`` chooses, as a file that ends in ``wanted``."""
    media_type = next((kind for kind, end in export.FORMATS.items() if end == wanted), "")
    if not media_type:
        return HttpResponse(status=406)
    asked_for = question(table, actor, asked, limit=export.MOST_ROWS, most=export.MOST_ROWS)
    found, _ = export.whole(table, actor, asked_for)
    called = table.name
    if media_type in FOR_PEOPLE:
        found = found.with_columns(
            _as_seen(table, each, found[each.name], actor.company, lang, is_text=media_type == export.CSV)
            for each in asked_for.columns
        ).rename({column.name: label(column.name, lang) for column in asked_for.columns})
        called = table.title.say(lang).partition("：")[0].partition(":")[0]
    response = HttpResponse(export.file_of(media_type, found), content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(True, f"{called}.{wanted}") or ""
    return response


def _as_seen(
    table: Table, column: Column, cells: pl.Series, company: Company, lang: Language, *, is_text: bool
) -> pl.Series:
    """Codes by their names, yes and no as words, and moments by the clock of the company, to the minute. ``is_text``:
    where the file has no moments of its own, as spreadsheets read them out of text."""
    if column.kind.frame == "moment":
        here = cells.dt.convert_time_zone(company.timezone).dt.replace_time_zone(None).dt.truncate("1m")
        return here.dt.strftime("%Y-%m-%d %H:%M") if is_text else here
    if column.kind.frame == "boolean":
        words = {True: YES.say(lang), False: NO.say(lang)}
        return cells.replace_strict(words, default=None, return_dtype=pl.String)
    if column.kind.frame != "text" or column.kind is kinds.JSON:
        return cells
    if column.name in of_people(table.name):
        return cells.replace(people_called(company.pk, cells.unique().drop_nulls()))
    named = {value: words.say(lang) for value, words in choices_of(table, column).items()}
    books = {value: of_the_books(value, lang) for value in cells.unique().drop_nulls() if value.startswith("~")}
    return cells.replace({**books, **named}) if named or books else cells
