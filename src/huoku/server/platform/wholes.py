"""Of which rows a row is a part: when it is removed, they still have it in their history."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

_OF_TABLE: dict[str, list[tuple[str, str]]] = defaultdict(list)
_TABLES_OF: dict[str, set[str]] = defaultdict(set)


def is_kept_in(table: str, model: str) -> None:
    """The rows of ``table`` are those of the model with this label."""
    _TABLES_OF[model].add(table)


def is_part_of(table: str, column: str, whole: str) -> None:
    """The rows of ``table`` name in ``column`` a row of the model with the label ``whole``."""
    _OF_TABLE[table].append((column, whole))


def wholes_of(model: str, facts: Mapping[str, Any]) -> set[tuple[str, int]]:
    """The rows, by label and id, that a row of the model with these facts is a part of."""
    named = {each for table in _TABLES_OF.get(model, ()) for each in _OF_TABLE.get(table, ())}
    return {(whole, facts[column]) for column, whole in named if isinstance(facts.get(column), int)}
