"""The empty workbook that a factory fills in: a sheet for each table, and a page that explains them."""

from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from huoku.errors import UsageError
from huoku.factory.contract import Column, Table
from huoku.factory.examples_of import examples_of
from huoku.factory.inputs import TABLES
from huoku.factory.settings import CHINESE_NAMES, MEANINGS, NAMES
from huoku.factory.workbook import SETTINGS_SHEET, SETTINGS_ZH
from huoku.language import LANGUAGES, Language, Sentence

README_SHEET = "README 说明"
FILLABLE_ROWS = 100_000
"""So many rows offer their drop-downs."""

INTRODUCTION = (
    Sentence("这个工作簿就是一个工厂的计划输入。", "This workbook is one factory's planning input."),
    Sentence(
        "带 * 的列必须填；其他列可以留空，留空时按说明取值。",
        "Columns with * are required; others may stay empty and take their default.",
    ),
    Sentence(
        "列的顺序可以变，可以加自己的列；数量最多 6 位小数。",
        "Columns may move, and you may add your own; quantities have at most 6 decimals.",
    ),
    Sentence(
        "灰色的“例：”行只是示范，不会读进来；写在它下面就行，删掉也可以。",
        "The grey rows marked “e.g.” only show how it is done and are never read; write below them, or delete them.",
    ),
    Sentence("编码列是文本格式，前导零会保留。", "Code columns are formatted as text, so leading zeros stay."),
    Sentence("不需要的工作表留空或删掉都可以。", "Sheets you do not need may stay empty or be removed."),
)
ALLOWED, DEFAULT = Sentence("；可以写：", "; allowed: "), Sentence("（默认 {value}）", " (default {value})")
SETTINGS_HEADERS = {
    "en": ("key", "value", "meaning"),
    "zh": ("设置", "值", "说明"),
}


class _Looks:
    """The few cell formats of the template."""

    def __init__(self, book: xlsxwriter.Workbook):
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.header = book.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1})
        self.required = book.add_format({"bold": True, "bg_color": "#FBE9C6", "bottom": 1})
        self.text = book.add_format({"num_format": "@"})
        self.date = book.add_format({"num_format": "yyyy-mm-dd"})
        self.number = book.add_format({"num_format": "General"})
        self.example = book.add_format({"font_color": "#7A8594", "italic": True})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})

    def of(self, column: Column) -> Format:
        if column.kind == "date":
            return self.date
        return self.text if column.kind in ("code", "text", "json", "choice") else self.number


def template(path: str | Path, *, lang: Language = "en") -> Path:
    """Write an empty workbook with every table of the contract. Returns its path.

    Headers are in ``lang``, with the other language and the meaning in a note. ``read`` accepts both.
    Raises UsageError when the place cannot be written, the name does not end in .xlsx, or the
    language is unknown.
    """
    place = Path(path)
    if lang not in LANGUAGES:
        raise UsageError(f"no such language: {lang}; zh or en / 语言只能是 zh 或 en")
    if place.suffix.lower() != ".xlsx":
        raise UsageError(f"{place}: the template's name must end in .xlsx / 文件名必须以 .xlsx 结尾")
    try:
        with place.open("wb") as file, xlsxwriter.Workbook(file) as book:
            looks = _Looks(book)
            _readme(book.add_worksheet(README_SHEET), looks)
            _settings(book.add_worksheet(SETTINGS_ZH if lang != "en" else SETTINGS_SHEET), looks, lang)
            for table in TABLES.values():
                _sheet(book.add_worksheet(table.zh if lang != "en" else table.name), table, looks, lang)
    except OSError as error:
        raise UsageError(f"{place}: {error.strerror} / 写不了这个文件") from None
    return place


def _readme(sheet: Worksheet, looks: _Looks) -> None:
    sheet.set_column(0, 3, 22)
    sheet.set_column(4, 5, 60, looks.wrapped)
    sheet.write(0, 0, "活库 huoku", looks.title)
    row = 1
    for line in INTRODUCTION:
        sheet.write(row, 0, line.zh)
        sheet.write(row + 1, 0, line.en)
        row += 2
    row += 1
    sheet.write_row(row, 0, ("table 表", "", "column 列", "", "说明", "meaning"), looks.header)
    for table in TABLES.values():
        row += 1
        sheet.write_row(row, 0, (table.name, table.zh, "", "", table.note.zh, table.note.en))
        for column in table.columns:
            row += 1
            star = "*" if column.required else ""
            zh, en = (_explained(column, language) for language in LANGUAGES)
            sheet.write_row(row, 0, (table.name, table.zh, column.name + star, column.zh + star, zh, en))


def _explained(column: Column, lang: Language) -> str:
    """The note, the allowed words, and the default."""
    said = column.note.template(lang)
    if column.choices:
        words = (f"{choice.name} {choice.zh[0]}" for choice in column.choices)
        said += ALLOWED.say(lang) + ", ".join(words)
    if column.default is not None:
        said += DEFAULT.say(lang, value=column.default)
    return said


def _settings(sheet: Worksheet, looks: _Looks, lang: Language) -> None:
    chinese = {name: zh for zh, name in CHINESE_NAMES.items()}
    sheet.set_column(0, 1, 20)
    sheet.set_column(2, 2, 60)
    sheet.write_row(0, 0, SETTINGS_HEADERS[lang], looks.header)
    sheet.freeze_panes(1, 0)
    for row, name in enumerate(NAMES, 1):
        sheet.write(row, 0, chinese[name] if lang != "en" else name)
        sheet.write_blank(row, 1, None, looks.date if name == "today" else looks.number)
        sheet.write(row, 2, MEANINGS[name].template(lang))


def _sheet(sheet: Worksheet, table: Table, looks: _Looks, lang: Language) -> None:
    other: Language = "zh" if lang == "en" else "en"
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(table.columns):
        header = column.header(lang) + ("*" if column.required else "")
        sheet.set_column(at, at, max(12, 2 * len(header) + 2), looks.of(column))
        sheet.write_string(0, at, header, looks.required if column.required else looks.header)
        sheet.write_comment(0, at, f"{column.header(other)}\n{_explained(column, lang)}\n{_explained(column, other)}")
        words = [choice.zh[0] if lang != "en" else choice.name for choice in column.choices]
        if column.kind == "flag":
            words = ["1", "0"]
        if words:
            sheet.data_validation(1, at, FILLABLE_ROWS, at, {"validate": "list", "source": words})
    places = {column.name: at for at, column in enumerate(table.columns)}
    for row, example in enumerate(examples_of(table.name, lang), 1):
        for name, value in example.items():
            sheet.write(row, places[name], value, looks.example)
