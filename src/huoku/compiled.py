"""``@kernel``: a plain function over arrays that is compiled on its first large use.

A factory of fifty items must not wait for a compiler, and one of ten thousand must not wait for
interpreted loops. So a kernel is written once, as a plain function; ``use_compiled`` says for a block
of work whether its kernels run compiled. Both ways do the same arithmetic in the same order
(no fast-math), so they give the same bytes, which a test holds.

Numba is the optional extra ``fast``. Without it everything works, slowly.
"""

import hashlib
import importlib.util
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar, overload

Function = TypeVar("Function", bound=Callable[..., Any])

_compiled = False
_kernels: list["Kernel"] = []


def compiler() -> Any:
    """The one place that loads the compiler.

    What it compiles is kept beside the package (or in the user's cache where that cannot be written),
    under a name made of all kernels' sources: the compiler itself does not see when a kernel that is
    called from another file has changed.
    """
    import numba

    sources = sorted({known.plain.__code__.co_filename for known in _kernels})
    digest = hashlib.sha256()
    for source in sources:
        digest.update(Path(source).read_bytes())
    folder = Path(__file__).parent / "__pycache__"
    if not os.access(folder if folder.exists() else folder.parent, os.W_OK):
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "huoku"
    numba.config.CACHE_DIR = str(folder / f"kernels-{digest.hexdigest()[:16]}")
    return numba


class Kernel:
    """A function with two equal ways to run. Callable like the function itself.

    While compiled, a kernel that calls other kernels needs their compiled forms in its globals; so the
    compiler sees, in place of each kernel's name, what ``dispatcher`` returns.
    """

    def __init__(self, function: Callable[..., Any], allocates: bool):
        self.plain = function
        self.allocates = allocates
        self.__name__ = function.__name__
        self.__doc__ = function.__doc__
        self.__module__ = function.__module__
        self.__wrapped__ = function
        self._dispatcher: Any = None
        _kernels.append(self)

    @property
    def dispatcher(self) -> Any:
        if self._dispatcher is None:
            numba = compiler()

            names = self.plain.__globals__
            own = {name: value for name, value in names.items() if isinstance(value, Kernel)}
            called = [name for name in own if name in self.plain.__code__.co_names]
            replaced = {name: own[name].dispatcher for name in called if own[name] is not self}
            twin = type(self.plain)(self.plain.__code__, {**names, **replaced}, self.__name__, self.plain.__defaults__)
            twin.__kwdefaults__ = self.plain.__kwdefaults__
            twin.__module__ = self.__module__
            twin.__qualname__ = self.plain.__qualname__
            # Counting references to arrays that only pass through costs fifty times the arithmetic of a
            # small kernel; one that makes no array needs none. (Measured: 175 ns against 4 ns a call.)
            self._dispatcher = numba.njit(cache=True, error_model="numpy", _nrt=self.allocates, forceinline=not self.allocates)(twin)
        return self._dispatcher

    def __call__(self, *arguments: Any) -> Any:
        return self.dispatcher(*arguments) if _compiled else self.plain(*arguments)


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
