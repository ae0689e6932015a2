"""A table as it stands in a file: column names and rows, written as a factory folder."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple


class Table(NamedTuple):
    """Named columns and rows of plain values; ``None`` and ``""`` are both an empty cell."""

    columns: tuple[str, ...]
    rows: Sequence[Sequence[object]]


Tables = dict[str, Table]


def write_folder(folder: str | Path, settings: Mapping[str, object], tables: Mapping[str, Table]) -> Path:
    """Write ``factory.toml`` and one CSV file per table; the folder is made if it is not there.

    Lines end in a bare newline and floats in their shortest form, so equal tables give equal bytes anywhere.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"{key} = {_toml(value)}\n" for key, value in settings.items()]
    (folder / "factory.toml").write_text("".join(lines), encoding="utf-8", newline="\n")
    for name, table in tables.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(table.columns)
            writer.writerows(table.rows)
    return folder


def _toml(value: object) -> str:
    """One value as TOML writes it: dates bare, texts quoted, flags in small letters."""
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else f'"{value}"' if isinstance(value, str) else str(value)
