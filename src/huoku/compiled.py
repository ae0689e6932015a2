"""``@kernel``: a plain function over arrays that is compiled on its first large use.

A factory of fifty items must not wait for a compiler, and one of ten thousand must not wait for
interpreted loops. So a kernel is written once, as a plain function; ``use_compiled`` says for a block
of work whether its kernels run compiled. Both ways do the same arithmetic in the same order
(no fast-math), so they give the same bytes, which a test holds.

Interpreted, a kernel gets views of its arrays whose elements are Python's own numbers: three times as
fast as arithmetic on NumPy's scalars. So a kernel that makes no arrays uses of them only ``len``,
``shape`` and elements.

Numba is the optional extra ``fast``. Without it everything works, slowly.
"""

import hashlib
import importlib.util
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import FunctionType
from typing import Any, TypeVar, overload

import numpy as np

Function = TypeVar("Function", bound=Callable[..., Any])

MERGED_BYTES, INLINED_BYTES = 250, 500
"""Kernels with at most so much byte code become part of their callers before they are compiled, and after.

Measured on a plan of 1,000 demands: with 500 and 500 netting takes half as long again; with 100 and 500 compiling does.
"""

_compiled = False
_kernels: list["Kernel"] = []


def compiler() -> Any:
    """The one place that loads the compiler."""
    import numba

    numba.config.CACHE_DIR = str(cache_folder())  # type: ignore[attr-defined]
    return numba


def cache_folder() -> Path:
    """Where compiled kernels are kept: beside the package, or in the user's cache where that cannot be written.

    The name is made of all kernels' sources: the compiler itself does not see when a kernel that is called
    from another file has changed.
    """
    return _folder_for(tuple(sorted({known.plain.__code__.co_filename for known in _kernels})))


@cache
def _folder_for(sources: tuple[str, ...]) -> Path:
    digest = hashlib.sha256()
    for source in sources:
        digest.update(Path(source).read_bytes())
    folder = Path(__file__).parent / "__pycache__"
    if not os.access(folder if folder.exists() else folder.parent, os.W_OK):
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "huoku"
    return folder / f"kernels-{digest.hexdigest()[:16]}"


class Kernel:
    """A function with two equal ways to run. Callable like the function itself."""

    def __init__(self, function: Callable[..., Any], allocates: bool):
        self.plain = function
        self.allocates = allocates
        self.__name__ = function.__name__
        self.__doc__ = function.__doc__
        self.__module__ = function.__module__
        self.__wrapped__ = function
        self._dispatcher: Any = None
        self._interpreted: Any = None
        _kernels.append(self)

    def _with_kernels(self, way: Callable[["Kernel"], Any]) -> Any:
        """The function as it stands, but calling ``way`` of each kernel that it names."""
        names = self.plain.__globals__
        called = [name for name in self.plain.__code__.co_names if isinstance(names.get(name), Kernel)]
        replaced = {name: way(names[name]) for name in called if names[name] is not self}
        twin = FunctionType(self.plain.__code__, {**names, **replaced}, self.__name__, self.plain.__defaults__)
        twin.__module__ = self.__module__
        twin.__qualname__ = self.plain.__qualname__
        return twin

    @property
    def dispatcher(self) -> Any:
        """The compiled function."""
        if self._dispatcher is None:
            numba = compiler()
            twin = self._with_kernels(lambda kernel: kernel.dispatcher)
            # Counting references to arrays that only pass through costs fifty times the arithmetic of a
            # small kernel; one that makes no array needs none. (Measured: 175 ns against 4 ns a call.)
            # A call hands every array over one by one, which takes a second to compile where there are a
            # hundred: so the small kernels are put in place of their calls.
            size = len(self.plain.__code__.co_code)
            options: dict[str, Any] = {}
            if not self.allocates and size <= MERGED_BYTES:
                options["inline"] = "always"
            elif not self.allocates and size <= INLINED_BYTES:
                options["forceinline"] = True
            self._dispatcher = numba.njit(cache=True, error_model="numpy", _nrt=self.allocates, **options)(twin)
        return self._dispatcher

    @property
    def is_loaded(self) -> bool:
        """Has the compiled function been called for before?"""
        return self._dispatcher is not None

    @property
    def interpreted(self) -> Any:
        """The plain function, calling plain functions."""
        if self._interpreted is None:
            self._interpreted = self.plain if self.allocates else self._with_kernels(lambda kernel: kernel.interpreted)
        return self._interpreted

    def __call__(self, *arguments: Any) -> Any:
        if _compiled:
            return self.dispatcher(*arguments)
        if self.allocates:
            return self.plain(*arguments)
        return self.interpreted(*[viewed(argument) for argument in arguments])


def viewed(argument: Any) -> Any:
    """Arrays as views with Python's own numbers, also inside named tuples; anything else as it is."""
    if isinstance(argument, np.ndarray):
        return memoryview(argument)  # type: ignore[arg-type]
    if isinstance(argument, tuple):
        return type(argument)(*map(viewed, argument))
    if isinstance(argument, np.generic):
        return argument.item()
    return argument


@overload
def kernel(function: Function) -> Function: ...
@overload
def kernel(*, allocates: bool) -> Callable[[Function], Function]: ...
def kernel(function: Any = None, *, allocates: bool = False) -> Any:
    """Mark a plain function over arrays and numbers as a kernel; say so where it makes new arrays."""
    if function is None:
        return lambda later: Kernel(later, allocates)
    return Kernel(function, allocates)


def can_compile() -> bool:
    """Is the compiler installed?"""
    return importlib.util.find_spec("numba") is not None


def is_compiled() -> bool:
    """Is the compiler installed, and did it do its work before? Then compiled kernels load in a moment."""
    return can_compile() and any(cache_folder().rglob("*.nbi"))


def is_loaded() -> bool:
    """Has this process its compiled kernels already?"""
    return any(known.is_loaded for known in _kernels)


@contextmanager
def use_compiled(wanted: bool) -> Iterator[bool]:
    """Run the kernels called inside compiled, if that is ``wanted`` and the compiler is there."""
    global _compiled
    before = _compiled
    _compiled = wanted and can_compile()
    try:
        yield _compiled
    finally:
        _compiled = before
