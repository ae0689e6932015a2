"""Whatever lies in a file, reading ends with a factory or with an answer, never with a traceback."""

import io
import json
import zipfile
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huoku.errors import DataError, UsageError
from huoku.factory import TABLES, read

fuzzing = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
tables = st.sampled_from(sorted(TABLES))
HOSTILE = [
    *(
        "",
        " ",
        "A",
        "B",
        "0",
        "-0",
        "1",
        "-1",
        "1e999",
        "1e-999",
        "9" * 50,
        "0." + "1" * 50,
        "NaN",
        "inf",
        "½",
        "²",
        "٣",
    ),
    *("一", "2026-01-05", "2026-02-30", "99999-01-01", "99999", "20260230", "{}", "[", '{"a":1}', '"', "'", "\\", "\t"),
    *(
        "\u200b",
        "=1+1",
        "#N/A",
        "true",
        "{0}",
        "{value}",
        "%s",
        "1,234",
        "١٢",
        "１２",
        "buy",
        "外购",
        "\ufeff",
        "\r",
        "\n",
    ),
    *("," * 5, "é" * 300),
]
cells = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=8), st.integers().map(str), st.floats().map(str))


def some_columns(table: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from([column.name for column in TABLES[table].columns]), unique=True, min_size=1)


def answered(files: dict[str, bytes]) -> None:
    """Reading these files gives a factory, DataError or UsageError, whose messages can be said in both languages."""
    with TemporaryDirectory() as name:
        for file, data in files.items():
            (Path(name) / file).write_bytes(data)
        try:
            problems = read(name).warnings
        except DataError as error:
            problems = error.problems
            assert error.count >= len(problems) > 0
        except UsageError:
            return
        for problem in problems:
            assert problem.text("zh") and problem.text("en")


@fuzzing
@given(tables, st.binary(max_size=400))
def test_any_bytes_as_csv(table, data):
    answered({"items.csv": b"item\nA\nB\n", f"{table}.csv": data})


@fuzzing
@given(st.data(), tables)
def test_hostile_cells_under_real_headers(data, table):
    names = data.draw(
        st.lists(st.sampled_from([column.name for column in TABLES[table].columns]), unique=True, min_size=1)
    )
    rows = data.draw(st.lists(st.lists(cells, max_size=len(names) + 1), max_size=6))
    encoding = data.draw(st.sampled_from(["utf-8", "gb18030", "utf-16"]))
    text = "\n".join([",".join(names), *(",".join(row) for row in rows)])
    answered({"items.csv": b"item\nA\nB\n", f"{table}.csv": text.encode(encoding, "replace")})


@fuzzing
@given(st.data(), tables)
def test_any_types_in_parquet(data, table):
    columns = data.draw(some_columns(table))
    kinds = [
        *(
            st.floats(),
            st.integers(-(2**63), 2**63 - 1),
            st.text(max_size=6),
            st.booleans(),
            st.dates(),
            st.datetimes(),
        ),
        *(st.binary(max_size=4), st.lists(st.integers(0, 9), max_size=2), st.times(), st.timedeltas()),
        st.sampled_from(HOSTILE),
    ]
    frame = {}
    for column in columns:
        kind = data.draw(st.sampled_from(kinds))
        frame[column] = data.draw(st.lists(st.one_of(st.none(), kind), min_size=3, max_size=3))
    buffer = io.BytesIO()
    pl.DataFrame(frame, strict=False).write_parquet(buffer)
    answered({"items.csv": b"item\nA\nB\n"} | {f"{table}.parquet": buffer.getvalue()})


@cache
def sound_parquet() -> bytes:
    buffer = io.BytesIO()
    pl.DataFrame({"item": ["A", "B"] * 40, "qty": [1.5, 2.0] * 40, "lot": ["x", None] * 40}).write_parquet(buffer)
    return buffer.getvalue()


@cache
def sound_workbook() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("items")
        sheet.write_column(0, 0, ["item", "A", "B"])
        sheet.write_column(0, 1, ["unit_cost", 1, 2.5])
        sheet.write_formula(3, 1, "=1/0", None, "#DIV/0!")
        book.add_worksheet("factory").write_row(0, 0, ["today", 46027])
    return buffer.getvalue()


damage = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=6)), min_size=1, max_size=6
)


def damaged(data: bytes, strokes: list[tuple[float, bytes]]) -> bytes:
    for where, stroke in strokes:
        at = int(where * len(data))
        data = data[:at] + stroke + data[at + len(stroke) :]
    return data


@fuzzing
@given(damage, st.integers(0, 40))
def test_a_parquet_file_with_a_damaged_or_torn_footer(strokes, torn):
    # Only the footer: on some damage inside its pages Polars ends the whole process, which no caller can catch.
    data = sound_parquet()
    footer = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    broken = data[:footer] + damaged(data[footer:], strokes)
    answered({"items.csv": b"item\nA\nB\n", "stock.parquet": broken[: len(broken) - torn]})


@fuzzing
@given(damage)
def test_a_damaged_workbook(strokes):
    answered({"factory.xlsx": damaged(sound_workbook(), strokes)})


@fuzzing
@given(damage, st.integers(0, 20))
def test_a_workbook_whose_parts_are_damaged(strokes, which):
    with zipfile.ZipFile(io.BytesIO(sound_workbook())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = sorted(parts)[which % len(parts)]
    parts[name] = damaged(parts[name], strokes)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    answered({"factory.xlsx": buffer.getvalue()})


@fuzzing
@given(st.lists(st.lists(st.one_of(cells, st.integers(-10, 99_999), st.booleans()), max_size=4), max_size=6), tables)
def test_hostile_cells_in_a_workbook(rows, table):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(table)
        sheet.write_row(0, 0, [column.name for column in TABLES[table].columns])
        for row, cells_of_row in enumerate(rows, 1):
            sheet.write_row(row, 0, cells_of_row)
    answered({"factory.xlsx": buffer.getvalue()})


@fuzzing
@given(st.one_of(st.binary(max_size=100), st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace"))))
def test_any_bytes_as_settings(data):
    answered({"items.csv": b"item\nA\n", "factory.toml": data})


@fuzzing
@given(
    st.dictionaries(
        st.sampled_from(["today", "horizon_days", "currency", "late_rate", "frozen_days"]),
        st.one_of(cells, st.integers(), st.floats()),
    )
)
def test_hostile_settings(given_settings):
    toml = "\n".join(f"{key} = {json.dumps(value)}" for key, value in given_settings.items())
    answered({"items.csv": b"item\nA\n", "factory.toml": toml.encode("utf-8", "replace")})
