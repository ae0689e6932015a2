"""A factory folder: one file for each table, CSV or Parquet, and factory.toml."""

from collections.abc import Callable
from pathlib import Path

from huoku.errors import UsageError
from huoku.factory.contract import Table, nearest, plain
from huoku.factory.dialect import read_csv
from huoku.factory.findings import Findings
from huoku.factory.frames import read_parquet
from huoku.factory.inputs import TABLES
from huoku.factory.settings import parse_toml
from huoku.factory.sheet import RawTable
from huoku.language import Sentence

SETTINGS_FILE = "factory.toml"
WORKBOOK_FILE = "factory.xlsx"
TABLE_FILES = frozenset(f"{name}.{ending}" for name in TABLES for ending in ("csv", "parquet"))
LARGEST_FILE = 512 << 20
NO_FILE = "not a file"

TWICE = Sentence("{one} 和 {other} 同时存在；请只留一个", "{one} and {other} are both there; keep one of them")
MISSPELT_FILE = Sentence(
    "没有读这个文件；是不是要写“{meant}”？",
    "this file was not read; is “{meant}” meant?",
)
UNREADABLE = Sentence(
    "打不开这个文件（{reason}）；请检查权限", "this file cannot be opened ({reason}); check its permissions"
)
TOO_LARGE = Sentence(
    "文件超过 512 MB；请存成 Parquet 或减少行数", "the file is larger than 512 MB; save it as Parquet or remove rows"
)


def read_folder(folder: Path, findings: Findings) -> tuple[dict[str, RawTable], dict[str, object]]:
    """Every table of the folder as it was found, and the keys and values of factory.toml."""
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError as error:
        raise UsageError(f"{folder}: {error.strerror} / 打不开这个文件夹") from None
    raw: dict[str, RawTable] = {}
    for table in TABLES.values():
        csv, parquet = f"{table.name}.csv", f"{table.name}.parquet"
        if csv in names and parquet in names:
            findings.error("two_files", TWICE, file=csv, table=table.name, one=csv, other=parquet)
            continue
        for file, reader in ((csv, _read_csv_file), (parquet, read_parquet)):
            if file in names and (found := _guarded(reader, folder / file, table, findings)):
                raw[table.name] = found
    _tell_misspelt(names, findings)
    given: dict[str, object] = {}
    if SETTINGS_FILE in names:
        try:
            if not (folder / SETTINGS_FILE).is_file():
                raise OSError(0, NO_FILE)
            given = parse_toml((folder / SETTINGS_FILE).read_bytes(), SETTINGS_FILE, findings)
        except OSError as error:
            findings.error("unreadable", UNREADABLE, file=SETTINGS_FILE, reason=error.strerror or "")
    return raw, given


def holds_tables(folder: Path) -> bool:
    """Is any table file of the contract in this folder?"""
    return any((folder / file).exists() for file in TABLE_FILES)


def _read_csv_file(path: Path, table: Table, file: str, findings: Findings) -> RawTable | None:
    return read_csv(path.read_bytes(), table, file, findings)


def _guarded(
    reader: Callable[[Path, Table, str, Findings], RawTable | None], path: Path, table: Table, findings: Findings
) -> RawTable | None:
    try:
        if not path.is_file():
            findings.error("unreadable", UNREADABLE, file=path.name, table=table.name, reason=NO_FILE)
            return None
        if path.stat().st_size > LARGEST_FILE:
            findings.error("file_too_large", TOO_LARGE, file=path.name, table=table.name)
            return None
        return reader(path, table, path.name, findings)
    except OSError as error:
        findings.error("unreadable", UNREADABLE, file=path.name, table=table.name, reason=error.strerror or "")
        return None


def _tell_misspelt(names: list[str], findings: Findings) -> None:
    """A file that is nearly a table's name would be lost silently."""
    chinese = {plain(table.zh): table.name for table in TABLES.values()}
    for file in names:
        stem, _, ending = file.rpartition(".")
        if ending.lower() not in ("csv", "parquet", "toml") or file == SETTINGS_FILE or file in TABLE_FILES:
            continue
        known = [Path(SETTINGS_FILE).stem] if ending.lower() == "toml" else TABLES
        if meant := chinese.get(plain(stem)) or nearest(stem, known):
            findings.warning("misspelt_file", MISSPELT_FILE, file=file, meant=f"{meant}.{ending.lower()}")
