"""What a job of one's own data came to, as the page tells it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from huoku.factory import TABLES
from huoku.factory.brought import called, columns_of
from huoku.language import Language, kept
from huoku.server.items.models import Item
from huoku.server.planning.bringing.own_files import BRING, OwnData, SheetWish
from huoku.server.planning.bringing.progress import told
from huoku.server.planning.models import PlanRun
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.platform.models import Job

FIRST = 50
"""So many problems are shown; the others are in the marked workbook."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, where it stands, and what would be right."""

    place: str
    row: int | None
    column: str
    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: the table it is taken for, and its heads, each with the column that it means and what it may mean."""

    place: str
    table: str
    rows: int
    heads: list[tuple[str, str]]
    choices: list[tuple[str, str]]
    unused: list[str]
    remarks: list[str]
    is_beside: bool = False
    why: str = ""

    @property
    def called(self) -> list[str]:
        """What its heads mean, by name."""
        words = dict(self.choices)
        return [f"{head} → {words.get(column, column)}" for head, column in self.heads if column]


@dataclass(frozen=True, slots=True)
class Report:
    """``state``: ``new``, ``looking``, ``good``, ``bad``, ``bringing``, ``planning``, ``done``, ``failed`` or ``full``:
    the company has items already."""

    state: str
    files: list[str] = field(default_factory=list)
    rows: list[tuple[str, int]] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    errors: list[Fault] = field(default_factory=list)
    error_count: int = 0
    warnings: list[Fault] = field(default_factory=list)
    warning_count: int = 0
    marked: str = ""
    done: int = 0
    whole: int = 0
    at: str = ""
    words: str = ""
    address: str = ""
    tables: list[tuple[str, str]] = field(default_factory=list)

    @property
    def waits(self) -> bool:
        return self.state in ("looking", "bringing", "planning")

    @property
    def part(self) -> int:
        """How far it is, of a hundred."""
        return 100 * self.done // self.whole if self.whole else 0

    @property
    def more_errors(self) -> int:
        return self.error_count - len(self.errors)


def report(actor: Actor, job: Job | None, lang: Language) -> Report:
    """Where the company stands with its own data."""
    brought = job is not None and job.kind == BRING and job.state == Job.State.DONE
    if not brought and rows_for(actor, Item).exists():
        return Report("full")
    if job is None:
        return Report("new")
    files = [file.name for file in OwnData.model_validate_json(job.request).files]
    if job.state in Job.OPEN:
        return _under_way(actor, job, files, lang)
    said: dict[str, Any] = json.loads(job.answer or "{}")
    if brought:
        return _planned(actor, said, files, lang)
    if "sheets" not in said:
        return Report("failed", files, words=_refusal(said, lang))
    return _told(said, files, lang)


def _under_way(actor: Actor, job: Job, files: list[str], lang: Language) -> Report:
    if job.kind != BRING:
        return Report("looking", files)
    far = told(actor.company.pk, job.pk)
    table = TABLES.get(str(far.get("table", "")))
    return Report(
        *("bringing", files),
        done=int(str(far.get("done", 0))),
        whole=int(str(far.get("whole", 0))),
        at=called(table.name, lang) if table else "",
    )


def _planned(actor: Actor, said: Mapping[str, Any], files: list[str], lang: Language) -> Report:
    run = rows_for(actor, PlanRun).filter(pk=said["run"]).first()
    is_open = run is not None and run.state in (PlanRun.State.QUEUED, PlanRun.State.RUNNING)
    address = reverse("office_home")
    return Report("planning" if is_open else "done", files, _counted(said["rows"], lang), address=address)


def _told(said: Mapping[str, Any], files: list[str], lang: Language) -> Report:
    errors, warnings = ([_fault(each, lang) for each in said[name][:FIRST]] for name in ("errors", "warnings"))
    return Report(
        "good" if said["is_good"] and not said["error_count"] else "bad",
        files,
        _counted(said["rows"], lang),
        _sheets(said, lang),
        errors,
        said["error_count"],
        warnings,
        said["warning_count"],
        said.get("marked", {}).get("en" if lang == "en" else "zh", ""),
        tables=[(name, called(name, lang)) for name in TABLES],
    )


def _counted(rows: Mapping[str, int], lang: Language) -> list[tuple[str, int]]:
    return [(called(name, lang), rows[name]) for name in TABLES if name in rows]


def _fault(said: Mapping[str, Any], lang: Language) -> Fault:
    words = kept(said["zh"], said["en"], lang)
    return Fault(said["place"], said["row"], said["column"], said["value"], words)


def _sheets(said: Mapping[str, Any], lang: Language) -> list[Sheet]:
    sheets: list[Sheet] = []
    met: set[str] = set()
    for each in said["sheets"]:
        heads = [(head, column) for head, column in each["heads"]] + [(head, "") for head in each["unused"]]
        remarks = [kept(remark["zh"], remark["en"], lang) for remark in each["remarks"]]
        about = (each["place"], each["table"], each["rows"], heads, columns_of(each["table"], lang), each["unused"])
        sheets.append(Sheet(*about, remarks, is_beside=each["place"] in met))
        met.add(each["place"])
    for each in said["left_out"]:
        sheets.append(Sheet(each["place"], "", 0, [], [], [], [], why=kept(each["zh"], each["en"], lang)))
    return sheets


def _refusal(said: Mapping[str, Any], lang: Language) -> str:
    return kept(said.get("title_zh", ""), said.get("title", ""), lang)


def wishes_from(given: Mapping[str, str], job: Job) -> dict[str, SheetWish]:
    """What a form says of the sheets that a look has found: their tables, and the meaning of their heads. A sheet of
    another table than before begins anew with what its heads say."""
    said = json.loads(job.answer)
    wishes: dict[str, SheetWish] = {}
    for number, sheet in enumerate(_sheets(said, "en")):
        table = given.get(f"table-{number}")
        if table is None or sheet.is_beside or (table and table not in TABLES):
            continue
        columns = {}
        if table == sheet.table:
            known = {column for column, _ in sheet.choices}
            for at, (head, before) in enumerate(sheet.heads):
                column = given.get(f"head-{number}-{at}", before)
                if column != before and (not column or column in known):
                    columns[head] = column
        if table != sheet.table or columns:
            wishes[sheet.place] = SheetWish(table=table, columns=columns)
    return wishes
