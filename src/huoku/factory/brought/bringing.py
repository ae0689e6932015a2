"""``bring``: whatever people bring becomes a factory, or every reason why it does not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from huoku.errors import DataError, Problem
from huoku.factory.brought.files import BroughtFile, unpacked
from huoku.factory.brought.grids import Grid, grids_of
from huoku.factory.brought.joining import Joined, joined
from huoku.factory.brought.parts import LeftOut, Part
from huoku.factory.brought.recognising import Wish, is_left_out, is_settings, recognise
from huoku.factory.brought.shaping import shaped
from huoku.factory.brought.terms import with_terms
from huoku.factory.brought.written import without_units
from huoku.factory.contract import plain
from huoku.factory.factory import Factory, assemble
from huoku.factory.findings import Findings
from huoku.factory.folder import SETTINGS_FILE
from huoku.factory.frames import cell_text
from huoku.factory.inputs import TABLES
from huoku.factory.settings import parse_toml, settings_from
from huoku.language import Sentence

NOTHING = Sentence(
    "没有找到任何一张表；请用模板，或确认第一行是列名，如“物料编码、物料名称”",
    "no table was found; use the template, or see that the first row holds heads such as item and name",
)
NO_TABLE = Sentence(
    "看不出是哪张表，没有读；表头要有“物料编码”这样的列名",
    "no table of ours, as far as can be told: it was not read; heads such as “item” are needed",
)
NOT_WANTED = Sentence("按您的选择没有读", "not read, as you chose")
EXPLAINS = Sentence("说明，不用读", "explains, and holds no data")
EMPTY = Sentence("空的", "empty")
KEYS = ("key", "设置", "設定")


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of files. ``factory`` is None where something is wrong. Problems name file, sheet, row and head as they
    stand there; at most 1,000 of each are listed, all are counted."""

    factory: Factory | None
    grids: tuple[Grid, ...]
    joined: Joined
    left_out: tuple[LeftOut, ...]
    errors: tuple[Problem, ...]
    error_count: int
    warnings: tuple[Problem, ...]
    warning_count: int

    @property
    def parts(self) -> tuple[Part, ...]:
        return tuple(part for parts in self.joined.parts.values() for part in parts)

    def placed(self, problem: Problem) -> Problem:
        """Where a problem of the factory's tables really is: in which file and sheet, under which head."""
        return self.joined.placed(problem)

    def refused(self, *problems: Problem) -> "Brought":
        """The same with more that is wrong."""
        errors = (*self.errors, *problems)
        return replace(self, factory=None, errors=errors, error_count=self.error_count + len(problems))


def bring(
    files: Sequence[BroughtFile],
    *,
    today: date,
    currency: str = "CNY",
    wishes: Mapping[str, Wish] | None = None,
    is_kept: bool = False,
) -> Brought:
    """Read and check files that people bring: workbooks (.xlsx, .xls), CSV, or a .zip of these.

    Heads are the contract's in either language, or what Kingdee, Yonyou and others call them. ``today`` and
    ``currency`` hold where the files say no others; ``wishes`` say by the place of a sheet (``FILE [SHEET]``) which
    table it is, and what its heads mean. ``is_kept``: keep the cells as they came, to write them with their faults.
    """
    findings = Findings()
    found = unpacked(files, findings)
    given: dict[str, object] = {"today": today, "currency": currency}
    for file in (file for file in found if file.name.lower() == SETTINGS_FILE):
        given |= parse_toml(file.data, file.name, findings)
    grids = grids_of([file for file in found if not file.name.lower().endswith(".toml")], findings)
    parts: list[Part] = []
    left: list[LeftOut] = []
    for grid in grids:
        if is_settings(grid) and grid.sheet:
            given |= _settings(grid)
        else:
            _read(grid, (wishes or {}).get(grid.place), parts, left, findings)
    whole = joined(with_terms(without_units(parts, str(given["currency"]))))
    kept = tuple(grids) if is_kept else ()
    del grids
    factory = _assembled(whole, given, today, findings)
    errors = _once(whole.placed(problem) for problem in sorted(findings.errors, key=_by_place))
    warnings = _once(whole.placed(problem) for problem in findings.warnings)
    counts = (
        findings.error_count - len(findings.errors) + len(errors),
        findings.warning_count - len(findings.warnings) + len(warnings),
    )
    return Brought(factory, kept, whole, tuple(left), errors, counts[0], warnings, counts[1])


def _once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """A cell that two tables take is wrong once."""
    met = {_cell(each): each for each in reversed([*problems])}
    return tuple(reversed(met.values()))


def _cell(problem: Problem) -> tuple[object, ...]:
    """What makes two problems one: the same rule broken by the same cell. What is of no row is of its table."""
    table = problem.table if problem.row is None else ""
    return table, problem.file, problem.row, problem.column, problem.rule, problem.value


def _by_place(problem: Problem) -> tuple[int, int]:
    return ["", "factory", *TABLES].index(problem.table), problem.row or 0


def _read(grid: Grid, wish: Wish | None, parts: list[Part], left: list[LeftOut], findings: Findings) -> None:
    """The sheet as a part, or why it is none."""

    def leave(words: Sentence) -> None:
        left.append(LeftOut(grid.file, grid.sheet, words))

    if not any(cell not in ("", None) for row in grid.rows for cell in row):
        leave(EMPTY)
    elif wish is not None and not wish.table:
        leave(NOT_WANTED)
    elif wish is None and is_left_out(grid):
        leave(EXPLAINS)
    elif (found := recognise(grid, wish)) is None:
        leave(NO_TABLE)
    else:
        parts.append(shaped(grid, found, findings))


def _settings(grid: Grid) -> dict[str, object]:
    """Keys in the first column, values in the second."""
    given: dict[str, object] = {}
    for cells in grid.rows:
        key = (cell_text(cells[0]) or "").strip() if cells else ""
        value = cells[1] if len(cells) > 1 else ""
        if key and plain(key) not in KEYS and value not in ("", None):
            given[key] = cell_text(value) if isinstance(value, float) else value
    return given


def _assembled(whole: Joined, given: Mapping[str, object], today: date, findings: Findings) -> Factory | None:
    settings = settings_from(given, today, SETTINGS_FILE, findings)
    if not whole.tables and not findings.errors:
        findings.error("no_table", NOTHING)
    if not whole.tables:
        return None
    try:
        factory = assemble(whole.tables, settings, findings)
    except DataError:
        return None
    placed = tuple(whole.placed(problem) for problem in factory.warnings)
    return replace(factory, warnings=placed)
