"""The smallest worlds: a folder of a few CSV lines, and what its reading finds wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest

from huoku.errors import DataError, Problem
from huoku.factory import Factory, read

Folder = Callable[..., Path]
TODAY = "today = 2026-01-05\n"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Write tables (name=text or bytes) and factory.toml; an items table with A and B where none is given."""

    def make(*, toml: str | None = TODAY, **tables: str | bytes) -> Path:
        for name, text in {"items": "item\nA\nB\n", **tables}.items():
            (tmp_path / f"{name}.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
        if toml is not None:
            (tmp_path / "factory.toml").write_text(toml, encoding="utf-8")
        return tmp_path

    return make


@pytest.fixture
def factory_of(folder: Folder) -> Callable[..., Factory]:
    return lambda **tables: read(folder(**tables))


@pytest.fixture
def errors_of(folder: Folder) -> Callable[..., tuple[Problem, ...]]:
    """Every error that reading these tables finds."""

    def find(**tables: str | bytes) -> tuple[Problem, ...]:
        with pytest.raises(DataError) as caught:
            read(folder(**tables))
        assert caught.value.exit_code == 3
        assert caught.value.count >= len(caught.value.problems) > 0
        return caught.value.problems

    return find


@pytest.fixture
def warnings_of(folder: Folder) -> Callable[..., tuple[Problem, ...]]:
    return lambda **tables: read(folder(**tables)).warnings
