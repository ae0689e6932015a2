"""``@kernel``: a plain function over arrays that is compiled on its first large use.

A factory of fifty items must not wait for a compiler, and one of ten thousand must not wait for
interpreted loops. So a kernel is written once, as a plain function; ``use_compiled`` says for a block
of work whether its kernels run compiled. Both ways do the same arithmetic in the same order
(no fast-math), so they give the same bytes, which a test holds.

Interpreted, a kernel gets views of its arrays whose elements are Python's own numbers: three times as
fast as arithmetic on NumPy's scalars. So kernels make no arrays, and use of them only ``len``, ``shape``
and elements.

What makes compiling cheap, measured on all kernels of planning, quoting and re-planning (132 s of one core before,
about 30 s with it): named tuples of arrays are handed over by address (``by_address``); only the kernels that Python
itself calls get the code that takes Python's arguments apart, and machine code at all (``optimized_once``); no kernel
is compiled again for a number that stands literally in a call; an operator is looked up once (``resolved_once``).
``compiling`` puts it on two cores. Loading all of planning takes a tenth of a second beside importing the
compiler, because what only compiling needs is left alone (``load_as_it_is``).

Numba is the optional extra ``fast``. Without it everything works, slowly.
"""

import hashlib
import importlib
import importlib.util
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import FunctionType, MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar, overload

import numpy as np

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

Function = TypeVar("Function", bound=Callable[..., Any])

MERGED_BYTES = 75
"""Kernels with at most so much byte code become part of their callers before they are compiled."""

INNER = ".inner"
"""So the names of kernels end as they are called by other kernels; these have no code of their own to be cached."""

NO_KERNELS = ("cli", "report", "runner", "server")
"""Rooms that no kernel is in or takes a constant from: imports point the other way."""

PLANNING, EVERYTHING = "planning", "everything"
"""The files that stand in the cache folder when the kernels of planning are there, and when all are."""

_compiled = False
_marked: set[str] = set()
_kernels: list["Kernel"] = []


def load_without_scipy() -> None:
    """Load the compiler's arrays without SciPy, a quarter of a second that no kernel needs: none multiplies matrices.

    It looks for a BLAS once, while this module of it is loaded; where it is loaded already nothing happens.
    """
    from numba.np import linalg

    found = linalg.ensure_blas

    def none() -> None:
        raise ImportError("no kernel needs a BLAS")

    linalg.ensure_blas = none
    try:
        importlib.import_module("numba.np.arraymath")
    finally:
        linalg.ensure_blas = found


@cache
def compiler() -> Any:
    """The one place that loads the compiler."""
    import numba

    from huoku.optimized_once import optimize_once

    optimize_once(INNER)
    numba.config.CACHE_DIR = str(cache_folder() or "")  # type: ignore[attr-defined]
    return numba


@cache
def prepare_to_compile() -> None:
    """Load what the compiler looks at while it compiles, which takes longer than loading all kernels of planning."""
    from huoku.resolved_once import resolve_once

    load_without_scipy()
    resolve_once()


def load_as_it_is(cache: Any) -> None:
    """Have a kernel loaded from its file alone; ``prepare_to_compile`` can wait until something is to be compiled."""

    def load(signature: Any, target: Any) -> Any:
        with cache._guard_against_spurious_io_errors():
            return cache._load_overload(signature, target)

    cache.load_overload = load


_told: set[type] = set()


def hand_over_by_address(argument: Any) -> None:
    """Have named tuples like this one, and those inside it, handed over by address if there are arrays in them."""
    kind = type(argument)
    if kind in _told or not isinstance(argument, tuple):
        return
    from huoku.by_address import lay_out

    _told.add(kind)
    for part in argument:
        hand_over_by_address(part)
    if holds_arrays(argument):
        lay_out(kind)


def holds_arrays(argument: Any) -> bool:
    """Is it an array, or a tuple with arrays somewhere inside?"""
    if isinstance(argument, tuple):
        return any(map(holds_arrays, argument))
    return isinstance(argument, np.ndarray)


_kept_in: Path | None = None


def keep_kernels_in(folder: Path) -> None:
    """Keep what this process compiles in a folder of its own."""
    global _kept_in
    _kept_in = folder


def cache_folder() -> Path | None:
    """Where compiled kernels are kept: beside the package, in the user's cache, or nowhere if neither can be written.

    The name is made of the sources of all kernels: the compiler itself does not see when a kernel that is called
    from another file has changed, or a constant.
    """
    return _kept_in or _folder()


@cache
def _folder() -> Path | None:
    package = Path(__file__).parent
    user = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "huoku"
    name = f"kernels-{_digest()[:16]}"
    for place in (package / "__pycache__", user):
        try:
            (place / name).mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(place / name, os.W_OK):
            return place / name
    return None


def _digest() -> str:
    """Of the compiler and of all files that it sees: with kernels, about compiling, or with constants alone."""
    from importlib.metadata import version  # small factories, which compile nothing, need not wait for these
    from importlib.resources import files

    digest = hashlib.sha256(f"{sys.implementation.cache_tag} numba {version('numba')}".encode())
    for entry in _by_name(files("huoku")):
        for source in _sources(entry) if entry.name not in NO_KERNELS else ():
            if b"@kernel" in source or b"numba" in source or b"\ndef " not in source:
                digest.update(source)
    return digest.hexdigest()


def _sources(entry: "Traversable") -> Iterator[bytes]:
    if entry.is_dir():
        for each in _by_name(entry):
            yield from _sources(each)
    elif entry.name.endswith(".py"):
        yield entry.read_bytes()


def _by_name(folder: "Traversable") -> list["Traversable"]:
    return sorted(folder.iterdir(), key=lambda entry: entry.name)


class Kernel:
    """A function with two equal ways to run. Callable like the function itself."""

    def __init__(self, function: Callable[..., Any], inlined: bool):
        self.plain = function
        self.inlined = inlined
        self.__name__ = function.__name__
        self.__doc__ = function.__doc__
        self.__module__ = function.__module__
        self.__wrapped__ = function
        self._dispatcher: Any = None
        self._inner: Any = None
        self._interpreted: Any = None
        _kernels.append(self)

    def _called(self, way: Callable[["Kernel"], Any]) -> dict[str, Any]:
        """By the name by which it calls them: ``way`` of each kernel that the function calls."""
        names = self.plain.__globals__
        called = [name for name in self.plain.__code__.co_names if isinstance(names.get(name), Kernel)]
        return {name: way(names[name]) for name in called if names[name] is not self}

    def _twin(self, called: Mapping[str, Any] = MappingProxyType({})) -> Any:
        """The function as it stands, but calling these by the names that it knows."""
        names = {**self.plain.__globals__, **called}
        twin = FunctionType(self.plain.__code__, names, self.__name__, self.plain.__defaults__)
        twin.__module__ = self.__module__
        twin.__qualname__ = self.plain.__qualname__
        return twin

    @property
    def dispatcher(self) -> Any:
        """The compiled function as Python calls it, with the code that takes the arguments apart."""
        if self._dispatcher is None:
            twin, cached = self._twin(), cache_folder() is not None
            made = self._dispatcher = self._compiled(twin, cache=cached)
            if cached:
                load_as_it_is(made._cache)
            compiling = made._compiler.compile

            def compiled(*signature: Any) -> Any:
                prepare_to_compile()
                twin.__globals__.update(self._called(lambda kernel: kernel.inner))
                return compiling(*signature)

            made._compiler.compile = compiled
        return self._dispatcher

    @property
    def inner(self) -> Any:
        """The compiled function as other kernels call it."""
        if self._inner is None:
            twin = self._twin(self._called(lambda kernel: kernel.inner))
            twin.__qualname__ += INNER
            merged = {"inline": "always"} if len(self.plain.__code__.co_code) <= MERGED_BYTES else {}
            self._inner = self._compiled(twin, no_cpython_wrapper=True, forceinline=self.inlined, **merged)
        return self._inner

    def _compiled(self, twin: Any, **options: Any) -> Any:
        numba = compiler()
        # Counting references to arrays that only pass through costs fifty times the arithmetic of a small
        # kernel, so there is none. (Measured: 175 ns against 4 ns a call.)
        made = numba.njit(_nrt=False, no_cfunc_wrapper=True, error_model="numpy", **options)(twin)
        # A number that stands literally in a call has a type of its own, and would get a kernel of its own.
        typed = made.get_call_template
        made.get_call_template = lambda args, kws: typed([numba.types.unliteral(each) for each in args], kws)
        return made

    @property
    def is_loaded(self) -> bool:
        """Has the compiled function been called for before?"""
        return self._dispatcher is not None

    @property
    def interpreted(self) -> Any:
        """The plain function, calling plain functions."""
        if self._interpreted is None:
            self._interpreted = self._twin(self._called(lambda kernel: kernel.interpreted))
        return self._interpreted

    def __call__(self, *arguments: Any) -> Any:
        if _compiled:
            for argument in arguments:
                hand_over_by_address(argument)
            return self.dispatcher(*arguments)
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
def kernel(*, inlined: bool) -> Callable[[Function], Function]: ...
def kernel(function: Any = None, *, inlined: bool = False) -> Any:
    """Mark a plain function over arrays and numbers as a kernel.

    ``inlined``: it is called so often that it has to be part of its callers however large it is.
    """
    if function is None:
        return lambda later: Kernel(later, inlined)
    return Kernel(function, inlined)


def can_compile() -> bool:
    """Is the compiler installed?"""
    return importlib.util.find_spec("numba") is not None


def is_compiled(work: str = PLANNING) -> bool:
    """Is the compiler installed, and did it compile this before? Then compiled kernels load in a moment."""
    folder = cache_folder()
    return can_compile() and (work in _marked or (folder is not None and (folder / work).exists()))


def mark_compiled(work: str) -> None:
    """Note that the kernels of this work are compiled."""
    folder = cache_folder()
    for each in {PLANNING, work}:
        _marked.add(each)  # also where no folder can be written
        if folder is not None:
            (folder / each).touch()


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
