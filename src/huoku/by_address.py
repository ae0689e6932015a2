"""How compiled kernels get named tuples of arrays: one address each.

The compiler hands a named tuple over by value, seven numbers for every array in it. A model of sixty arrays makes
four hundred arguments of each call; compiling one such function takes about a second, and each call copies them all.
Here the wrapper through which Python calls a kernel lays the tuple out in memory once, and the kernels pass its
address on. What lies there never changes, so the optimizer may read it when it likes.
"""

import hashlib
from typing import Any

import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.core.imputils import lower_getattr_generic
from numba.core.typing.templates import AttributeTemplate, infer_getattr
from numba.extending import NativeValue, models, register_model, typeof_impl, unbox


class Laid(types.Type):
    """A named tuple in memory; a kernel holds its address."""

    def __init__(self, called: str, names: tuple[str, ...], parts: tuple[types.Type, ...]):
        self.names = names
        self.parts = parts
        # The name goes into the symbols of all kernels that get one, so it is kept short.
        told = " ".join(f"{name}:{part}" for name, part in zip(names, parts, strict=True))
        super().__init__(name=f"{called}.{hashlib.sha256(told.encode()).hexdigest()[:12]}")


def lay_out(kind: type) -> None:
    """Have named tuples of this class handed over by address."""

    @typeof_impl.register(kind)
    def typeof_laid(value: Any, context: Any) -> Laid:
        for name, part in zip(value._fields, value, strict=True):
            if not is_readable(part):
                told = f"an array of {part.dtype}" if isinstance(part, np.ndarray) else f"a {type(part).__name__}"
                raise TypeError(
                    f"{kind.__name__}.{name} is {told}; kernels read numbers, arrays of numbers and tuples of these"
                )
        return Laid(kind.__name__, value._fields, tuple(typeof_impl(part, context) for part in value))


def is_readable(part: Any) -> bool:
    """Can compiled kernels read it?"""
    if isinstance(part, np.ndarray):
        return part.dtype.kind in "biuf"
    return isinstance(part, int | float | np.generic | tuple)


def _memory(dmm: Any, kind: Laid) -> ir.LiteralStructType:
    """The layout: what is inside a named tuple inside this one stands within it."""
    return ir.LiteralStructType(
        [_memory(dmm, part) if isinstance(part, Laid) else dmm.lookup(part).get_value_type() for part in kind.parts]
    )


@register_model(Laid)
class _LaidModel(models.PrimitiveModel):
    def __init__(self, dmm: Any, fe_type: Laid):
        super().__init__(dmm, fe_type, _memory(dmm, fe_type).as_pointer())


@unbox(Laid)
def _unbox(kind: Laid, value: Any, c: Any) -> NativeValue:
    place = cgutils.alloca_once(c.builder, c.context.get_value_type(kind).pointee)
    return NativeValue(place, is_error=_fill(kind, value, place, c))


def _fill(kind: Laid, value: Any, place: Any, c: Any) -> Any:
    """Write the parts of a tuple to their places; returns whether that failed."""
    failed = cgutils.false_bit
    for index, part in enumerate(kind.parts):
        at, item = cgutils.gep_inbounds(c.builder, place, 0, index), c.pyapi.tuple_getitem(value, index)
        if isinstance(part, Laid):
            wrong = _fill(part, item, at, c)
        elif isinstance(part, types.Array):
            # Straight to its place. What the compiler's own way checks besides, ``typeof_laid`` has seen.
            code = c.pyapi.numba_array_adaptor(item, c.builder.bitcast(at, c.pyapi.voidptr))
            wrong = cgutils.is_not_null(c.builder, code)
        else:
            native = c.unbox(part, item)
            c.builder.store(native.value, at)
            wrong = native.is_error
        failed = c.builder.or_(failed, wrong)
    return failed


@infer_getattr
class _LaidAttributes(AttributeTemplate):
    key = Laid

    def generic_resolve(self, kind: Laid, name: str) -> types.Type | None:  # type: ignore[override]
        return kind.parts[kind.names.index(name)] if name in kind.names else None


@lower_getattr_generic(Laid)
def _get(context: Any, builder: Any, kind: Laid, address: Any, name: str) -> Any:
    index = kind.names.index(name)
    place = cgutils.gep_inbounds(builder, address, 0, index)
    return place if isinstance(kind.parts[index], Laid) else _read(builder, place)


def _read(builder: Any, place: Any) -> Any:
    """What stands at a place, read number by number, so that each can be told to be constant."""
    kind = place.type.pointee
    if isinstance(kind, ir.LiteralStructType | ir.ArrayType):
        whole = ir.Constant(kind, ir.Undefined)
        for index in range(len(kind)):
            whole = builder.insert_value(whole, _read(builder, cgutils.gep_inbounds(builder, place, 0, index)), index)
        return whole
    read = builder.load(place)
    read.set_metadata("invariant.load", builder.module.add_metadata([]))
    return read
