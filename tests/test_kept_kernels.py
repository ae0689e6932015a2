"""A kernel that was compiled once is run by other processes as it is, and none of them gets ready to compile."""

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("numba")

STALL = """
import sys
from pathlib import Path

import numpy as np

from huoku import compiled
from huoku.compiled import kernel, use_compiled

compiled.keep_kernels_in(Path(sys.argv[1]))


@kernel
def pairs(qty):
    return 2 * qty


@kernel
def takings(qty, price):
    total = 0.0
    for part in range(len(qty)):
        total += pairs(qty[part]) * price
    return total


with use_compiled(True):
    for kind in sys.argv[2:]:
        told = takings(np.array([1, 2, 3], kind), 1.5)
        print(told, "compiles" if compiled.prepare_to_compile.cache_info().currsize else "compiles nothing")
"""


def takings(folder: Path, *kinds: str) -> list[str]:
    """What a stall takes that sells 1, 2 and 3 pairs for 1.5 apiece, and what another process did to work it out."""
    command = [sys.executable, str(folder / "stall.py"), str(folder / "kernels"), *kinds]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


def test_a_kernel_from_the_cache_runs_without_the_compiler_and_another_kind_of_table_is_still_compiled(
    tmp_path: Path,
) -> None:
    (tmp_path / "stall.py").write_text(STALL, encoding="utf-8")
    assert takings(tmp_path, "int64") == ["18.0 compiles"]
    assert takings(tmp_path, "int64", "float64") == ["18.0 compiles nothing", "18.0 compiles"]
    assert takings(tmp_path, "float64", "int64") == ["18.0 compiles nothing", "18.0 compiles nothing"]
