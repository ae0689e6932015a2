"""Values as they lie in memory, in a folder that opens in milliseconds: what was worked out is not worked out again.

For a while and for this version alone, beside what is kept for good (see ``store``): arrays are not read but mapped, so
that processes which open the same folder share them. Only data comes back: numbers, texts, days, arrays, frames, and
classes of ours that are nothing but fields.
"""

import json
import mmap
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import polars as pl

import huoku

FORMAT = 1
TOLD, ARRAYS = "told.json", "arrays"
BLOCK, APART = 1 << 16, 64
"""Arrays begin at a multiple of ``APART``; blocks of nothing but zeros are left out of the file, which has holes."""
PLAIN = (type(None), bool, int, float, str)
GROUPS: dict[str, type] = {"list": list, "tuple": tuple, "frozenset": frozenset, "set": set}


def write(value: object, folder: Path) -> None:
    """Lay a value down in a folder, whole or not at all. Raises TypeError for what is no data of ours."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        with (fresh / ARRAYS).open("wb") as arrays:
            laid = _Laying(fresh, arrays)
            laid.node(value)
            arrays.truncate(laid.end + 1)
        told = {"format": FORMAT, "version": huoku.__version__, "classes": laid.classes, "nodes": laid.nodes}
        (fresh / TOLD).write_text(json.dumps(told, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        os.replace(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def opened(folder: Path) -> Any:
    """The value of a folder; None where there is none, or another version has laid it down. What is changed of it
    changes in this process alone."""
    told = _told(folder)
    try:
        if told is None:
            return None
        with (folder / ARRAYS).open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
        return _Opening(folder, mapped).value(told["nodes"])
    except (OSError, ValueError, KeyError, TypeError, pl.exceptions.PolarsError):
        return None


def is_there(folder: Path) -> bool:
    """Is there a value that this version laid down?"""
    return _told(folder) is not None


def _told(folder: Path) -> dict[str, Any] | None:
    """The classes of a value must have the fields that they had."""
    try:
        told: dict[str, Any] = json.loads((folder / TOLD).read_text("utf-8"))
        same = (told["format"], told["version"]) == (FORMAT, huoku.__version__)
        fits = same and all(_field_names(_class(name)) == tuple(names) for name, names in told["classes"].items())
        return told if fits else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ImportError):
        return None


def _field_names(kind: type) -> tuple[str, ...]:
    named = getattr(kind, "_fields", None)
    if issubclass(kind, tuple) and named is not None:
        return tuple(named)
    if is_dataclass(kind):
        return tuple(field.name for field in fields(kind))
    raise TypeError(f"{kind.__module__}.{kind.__qualname__} is more than its fields")


@cache
def _class(name: str) -> type:
    """A class by its name; of ours alone."""
    module, _, called = name.partition(":")
    if module.partition(".")[0] != huoku.__name__:
        raise ValueError(name)
    found = getattr(import_module(module), called)
    if not isinstance(found, type):
        raise ValueError(name)
    return found


class _Laying:
    """``nodes``: values, each after those that it holds; what is held twice stands once."""

    def __init__(self, folder: Path, arrays: BinaryIO) -> None:
        self.folder, self.arrays, self.end = folder, arrays, 0
        self.nodes: list[list[Any]] = []
        self.classes: dict[str, tuple[str, ...]] = {}
        self.known: dict[int, tuple[int, object]] = {}  # with the value, so that no other one gets its number

    def node(self, value: object) -> int:
        """The number of a value."""
        if id(value) in self.known:
            return self.known[id(value)][0]
        said = self._said(value)
        self.nodes.append(said)
        self.known[id(value)] = (len(self.nodes) - 1, value)
        return len(self.nodes) - 1

    def _said(self, value: object) -> list[Any]:
        kind = type(value)
        if kind in PLAIN:
            return ["plain", value]
        if isinstance(value, np.ndarray):
            return ["array", *self._array(value)]
        if isinstance(value, pl.Series | pl.DataFrame):
            return self._frame(value)
        if isinstance(value, np.generic):
            return ["number", value.dtype.str, value.item()]
        if kind is date:
            return ["date", value.isoformat()]  # type: ignore[attr-defined]
        if kind is Decimal:
            return ["decimal", str(value)]
        if isinstance(value, dict):
            return ["dict", *self._all(value.keys()), *self._all(value.values())]
        called = next((name for name, group in GROUPS.items() if kind is group), None)
        if called and all(type(each) in PLAIN for each in value):  # type: ignore[attr-defined]
            return ["plains", called, list(value)]  # type: ignore[call-overload]
        if called:
            return [called, *self._all(value)]  # type: ignore[arg-type]
        return self._object(value)

    def _all(self, values: Iterable[object]) -> Iterator[int]:
        return (self.node(each) for each in values)

    def _object(self, value: object) -> list[Any]:
        kind = type(value)
        name = f"{kind.__module__}:{kind.__qualname__}"
        self.classes[name] = _field_names(_class(name))
        return ["object", name, *self._all(getattr(value, each) for each in self.classes[name])]

    def _array(self, array: np.ndarray) -> Iterator[Any]:
        if array.dtype.hasobject:
            raise TypeError(f"an array of {array.dtype} is no data")
        begin = -(-self.end // APART) * APART
        self.end = begin + array.nbytes
        flat = np.ascontiguousarray(array).reshape(-1).view(np.uint8)
        for start in range(0, flat.size, BLOCK):
            block = flat[start : start + BLOCK]
            if block.any():
                self.arrays.seek(begin + start)
                self.arrays.write(block.data)
        yield from (array.dtype.str, list(array.shape), begin, bool(array.flags.writeable))

    def _frame(self, value: "pl.Series | pl.DataFrame") -> list[Any]:
        name = f"{len(self.nodes)}.arrow"
        frame = value.to_frame() if isinstance(value, pl.Series) else value
        frame.rechunk().write_ipc(self.folder / name, compression="uncompressed")
        return ["series" if isinstance(value, pl.Series) else "frame", name, frame.height]


class _Opening:
    def __init__(self, folder: Path, mapped: mmap.mmap) -> None:
        self.folder, self.mapped = folder, mapped

    def value(self, nodes: list[list[Any]]) -> Any:
        """The last of the nodes, which holds all others."""
        found: list[Any] = []
        for kind, *rest in nodes:
            found.append(self._one(kind, rest, found))
        return found[-1]

    def _one(self, kind: str, rest: list[Any], found: list[Any]) -> Any:
        if kind == "plain":
            return rest[0]
        if kind == "array":
            return self._array(*rest)
        if kind in ("frame", "series"):
            frame = pl.read_ipc(self.folder / rest[0])
            return frame.to_series() if kind == "series" else frame
        if kind == "object":
            return self._object(_class(rest[0]), [found[at] for at in rest[1:]])
        if kind == "dict":
            half = len(rest) // 2
            return {found[key]: found[at] for key, at in zip(rest[:half], rest[half:], strict=True)}
        if kind == "plains":
            return GROUPS[rest[0]](rest[1])
        if kind in GROUPS:
            return GROUPS[kind](found[at] for at in rest)
        if kind == "number":
            return np.dtype(rest[0]).type(rest[1])
        return date.fromisoformat(rest[0]) if kind == "date" else Decimal(rest[0])

    def _array(self, kind: str, shape: list[int], begin: int, is_writeable: bool) -> np.ndarray:
        found: np.ndarray = np.ndarray(shape, np.dtype(kind), self.mapped, begin)
        found.flags.writeable = is_writeable  # kernels tell the two apart
        return found

    def _object(self, kind: type, values: list[Any]) -> Any:
        if issubclass(kind, tuple):
            return kind(*values)
        made = object.__new__(kind)
        for name, value in zip(_field_names(kind), values, strict=True):
            object.__setattr__(made, name, value)
        return made
