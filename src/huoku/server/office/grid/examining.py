"""What would come of drafts: each is read, its row is found, what differs is left, and the whole is tried without being
kept. A draft without faults and with something new can be saved."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db.models import Q

from huoku.factory.cells import BadCell
from huoku.language import Sentence
from huoku.server.office.asking import kind_of
from huoku.server.office.choices import choices_of
from huoku.server.office.commands.rows import RowsRefused, RowValues, SaveRows, save_rows
from huoku.server.office.grid.columns import fills, key_of
from huoku.server.office.grid.drafts import Draft, named
from huoku.server.office.grid.elsewhere import choice, narrow
from huoku.server.office.grid.texts import NOTHING, value_of
from huoku.server.platform.actor import Actor
from huoku.server.platform.command import perform
from huoku.server.platform.tables.asking import question
from huoku.server.platform.tables.showing import page
from huoku.server.platform.tables.table import Table

AT_ONCE = 500
"""So many rows are looked up by one question."""

NO_KEY = Sentence("要有{key_zh}，才知道是哪一行", "{key_en} is needed to know which row it is")
SEVERAL = Sentence("这样的有好几行，请到那一行上改", "There are several such rows; change the one that is meant")
TWICE = Sentence("和第 {other} 行重复", "The same as row {other}")
NOT_HERE = Sentence("下面没有这么多行了", "There are no more rows below")
NO_NEW = Sentence("没有这一行，也不能新增", "There is no such row, and none can be added")
STAYS = Sentence("建立以后不能改；现在是“{old}”", "It stays as it was made: “{old}”")
LOCKED = Sentence("这一列不能改", "This column cannot be changed")


def examined(table: Table, actor: Actor, drafts: list[Draft], key: str) -> list[Draft]:
    """Read every draft, find its row, leave only what differs, and try to save the whole: nothing is kept."""
    _find(table, actor, drafts)
    for draft in drafts:
        _read(table, actor, draft)
    tried = [draft for draft in drafts if draft.state in ("new", "changed")]
    if tried:
        try:
            perform(save_rows, request_of(table, tried), actor=actor, key=key, dry_run=True)
        except RowsRefused as refused:
            for fault in refused.faults:
                tried[fault.row].faults.append(fault)
    return drafts


def request_of(table: Table, drafts: Iterable[Draft]) -> SaveRows:
    """What is sent to be saved."""
    rows = [RowValues(id=each.id, version=each.version, values=each.values) for each in drafts]
    return SaveRows(table=table.name, rows=rows)


def _find(table: Table, actor: Actor, drafts: list[Draft]) -> None:
    """The rows that drafts are about: by id, or else by their key."""
    key = key_of(table)
    known = {row["id"]: row for row in _rows(table, actor, "id", {each.id for each in drafts if each.id})}
    by_key = _by_key(table, actor, key, [each for each in drafts if not each.id])
    first: dict[tuple[str, ...], int] = {}
    for place, draft in enumerate(drafts):
        if draft.is_beyond:
            draft.refuse("", NOT_HERE)
        elif draft.id is not None:
            _is_about(draft, known.get(draft.id))
        else:
            said = _said(table, key, draft)
            if said not in by_key and (usual := tuple(map(narrow, said))) != said:
                draft.texts.update(zip(key, usual, strict=True))
                said = usual
            found = by_key.get(said, [])
            if not key or "" in said:
                draft.refuse("", NO_KEY, key_zh=named(key, "zh"), key_en=named(key, "en"))
            elif (other := first.setdefault(said, place)) != place:
                draft.refuse(key[0], TWICE, other=other + 1)
            elif len(found) > 1:
                draft.refuse(key[0], SEVERAL)
            elif found:
                _is_about(draft, found[0])


def _is_about(draft: Draft, row: dict[str, Any] | None) -> None:
    if row is None:
        draft.refuse("", NO_NEW)
    else:
        draft.id, draft.version, draft.old = row["id"], row.get("version"), row


def _by_key(
    table: Table, actor: Actor, key: Sequence[str], drafts: Sequence[Draft]
) -> dict[tuple[str, ...], list[dict[str, Any]]]:
    found: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    if key:
        written = {_as_key(table, key[0], each.texts.get(key[0], "")) for each in drafts} - {""}
        said = written | set(map(narrow, written))
        for row in _rows(table, actor, key[0], said):
            found.setdefault(tuple(str(row[name]) for name in key), []).append(row)
    return found


def _said(table: Table, key: Sequence[str], draft: Draft) -> tuple[str, ...]:
    return tuple(_as_key(table, name, draft.texts.get(name, "")) for name in key)


def _as_key(table: Table, name: str, text: str) -> str:
    """A key as lists show it: days and numbers may be written in many ways."""
    fields = table.add.request.model_fields if table.add else {}
    kind = kind_of(table.add.request, name) if table.add and name in fields else "text"
    try:
        return str(value_of(text, kind, {})) if text and kind in ("date", "number", "decimal") else text
    except BadCell:
        return text


def _rows(table: Table, actor: Actor, name: str, wanted: set[Any]) -> list[dict[str, Any]]:
    column = table.seen_by(actor).get(name)
    if column is None or not wanted:
        return []
    found: list[dict[str, Any]] = []
    ordered = sorted(wanted)
    for start in range(0, len(ordered), AT_ONCE):
        try:
            values = [column.kind.read(str(each)) for each in ordered[start : start + AT_ONCE]]
        except ValueError:
            continue
        asked = question(table, actor, {"limit": str(4 * AT_ONCE)}, most=4 * AT_ONCE)
        found += page(table, actor, replace(asked, chosen=Q(**{f"{column.source}__in": values}))).rows
    return found


def _read(table: Table, actor: Actor, draft: Draft) -> None:
    """The values of a draft that differ from the row's own; faults where a cell means nothing or may not be changed."""
    if draft.faults:
        return
    if draft.id is None and (table.add is None or not actor.may(table.add.right)):
        draft.refuse("", NO_NEW)
        return
    columns = table.seen_by(actor)
    for name, text in draft.texts.items():
        column = columns.get(name)
        if column is None:
            continue
        command = table.add if draft.id is None else table.change
        kind = fills(command, actor, name)
        meant = kind or fills(table.add, actor, name)
        said = choice(table.name, name, text) if meant == "choice" else text
        try:
            told = _differing(draft, name, said, meant, choices_of(table, column))
        except BadCell as bad:
            draft.refuse(name, bad.sentence, value=text[:80], **bad.fields)
            continue
        if told is _SAME:
            continue
        if not kind:
            is_new_only = draft.id is not None and fills(table.add, actor, name)
            draft.refuse(name, STAYS if is_new_only else LOCKED, old=draft.old.get(name))
        else:
            draft.values[name] = told


_SAME = object()


def _differing(draft: Draft, name: str, text: str, kind: str, choices: Mapping[str, Sentence]) -> Any:
    """What a cell says that its row does not say already, or ``_SAME``. An empty cell of a new row says nothing."""
    old = draft.old.get(name)
    if text == "" or (text in NOTHING and old in (None, "")):
        if draft.id is None or old in (None, ""):
            return _SAME
        return "" if kind == "text" else None
    value = value_of(text, kind, choices) if kind else text
    if draft.id is None:
        return value
    return _SAME if old is not None and _plain(old, kind) == _plain(value, kind) else value


def _plain(value: Any, kind: str) -> object:
    return Decimal(value) if kind in ("number", "decimal") else str(value)
