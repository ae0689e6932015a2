"""What a plan was decided with, as named arrays: saved beside its tables, so that it can be worked on where it stands.

A plan that was worked out again after a change cannot be found by planning its factory. The cases are not among the
arrays: they follow from the factory and from what was promised.
"""

from typing import TYPE_CHECKING, Any

import numpy as np

from huoku.errors import UsageError
from huoku.factory import Factory
from huoku.language import Language, Sentence
from huoku.plan.decide.cells import Cells
from huoku.plan.decide.decided import Decided
from huoku.plan.decide.netting import Netted
from huoku.plan.decide.open_work import OpenWork
from huoku.plan.decide.parts import with_parts
from huoku.plan.decide.promise import Promises
from huoku.plan.decide.put_off import as_promised
from huoku.plan.decide.service import Promised, start_cells
from huoku.plan.model.build import Case, build
from huoku.plan.model.floor import Floor, FloorLog

if TYPE_CHECKING:
    from huoku.plan.plan import Plan

Arrays = dict[str, np.ndarray]

TAKEN = ("free", "made", "moved")
"""What serving claims changes of the cells, beside the floor; all else of them follows from the case."""
SMALL = ("peg_consumer", "peg_source", "peg_wish")

FOREIGN = Sentence(
    "计划文件夹里的 input 改过，与保存的决定（standing.npz）对不上；请重新做计划",
    "the input in the plan's folder was changed and no longer fits what was decided (standing.npz); plan again",
)


def arrays_of(plan: "Plan") -> Arrays | None:
    """What a plan that was worked out again was decided with, by name; None where planning its factory gives it."""
    if "standing" in plan.kept:
        known: Arrays = plan.kept["standing"]
        return known
    decided: Decided | None = plan.kept.get("decided")
    return _arrays(decided) if decided is not None and decided.is_again else None


def decided_of(plan: "Plan") -> Decided | None:
    """What the plan was decided with, ready to be worked on; None where that is not known.

    Raises UsageError where the saved arrays do not fit the plan's factory.
    """
    if "decided" not in plan.kept and "standing" in plan.kept:
        plan.kept["decided"] = _taken_up(plan.kept["standing"], plan.factory, plan.lang)
    found: Decided | None = plan.kept.get("decided")
    return found


def case_of(plan: "Plan") -> Case:
    """The plan's factory as the kernels read it: that with which it was decided, else built for the first question."""
    decided: Decided | None = plan.kept.get("decided")
    if decided is not None:
        return decided.built
    if "case" not in plan.kept:
        plan.kept["case"] = build(plan.factory)
    case: Case = plan.kept["case"]
    return case


def _arrays(decided: Decided) -> Arrays:
    promised, claims = decided.promised, decided.built.claiming.claims.node.size
    # Parts of demands are claims behind the others; ``with_parts`` makes them again.
    named = {
        "numbered": np.asarray(decided.numbered),
        "lots": promised.lots,
        "parts": promised.parts,
        "order": promised.order,
        "spared": promised.spared,
        **_named("open_work", promised.open_work._asdict()),
        **_named("promises", {name: column[:claims] for name, column in promised.promises._asdict().items()}),
        **_named("made", promised.made._asdict()),
        **_named("netted", {name: np.asarray(value) for name, value in decided.netted._asdict().items()}),
        **_of_cells("cells", promised.cells),
        **(_of_cells("left", promised.left) if promised.left is not promised.cells else {}),
    }
    return {name: _narrow(array) for name, array in named.items()}


def _named(prefix: str, columns: dict[str, Any]) -> Arrays:
    return {f"{prefix}.{name}": column for name, column in columns.items()}


def _of_cells(prefix: str, cells: Cells) -> Arrays:
    taken = {name: getattr(cells, name) for name in TAKEN}
    return _named(prefix, taken) | _named(f"{prefix}.floor", cells.floor._asdict())


def _narrow(array: np.ndarray) -> np.ndarray:
    """Whole numbers in as few bytes as hold them."""
    if array.dtype.kind != "i" or array.size == 0:
        return array
    return array.astype(np.promote_types(*map(np.min_scalar_type, (min(int(array.min()), -1), int(array.max())))))


def _taken_up(arrays: Arrays, factory: Factory, lang: Language) -> Decided:
    wide = {name: _wide(name, array) for name, array in arrays.items()}

    def part(prefix: str) -> dict[str, Any]:
        return {name.removeprefix(f"{prefix}."): array for name, array in wide.items() if name.startswith(f"{prefix}.")}

    built = build(factory)
    promises, start = Promises(**part("promises")), start_cells(built)
    fits = promises.day.size == built.claiming.claims.node.size and wide["cells.free"].size == start.free.size
    if not fits:
        raise UsageError(FOREIGN.say(lang))
    cells = _cells(start, part("cells"))
    left = _cells(start, part("left")) if "left.free" in wide else cells
    made, work = FloorLog(**part("made")), OpenWork(**part("open_work"))
    spared = wide.get("spared", np.zeros(0, np.bool_))  # plans of older versions spared nothing
    promised = Promised(promises, cells, wide["lots"], made, left, wide["parts"], wide["order"], work, spared)
    case, promised = with_parts(built, promised)
    case = as_promised(case, promised.promises)
    netted = Netted(**{**part("netted"), "unserved": int(wide["netted.unserved"])})
    if not _fits(case, netted):
        raise UsageError(FOREIGN.say(lang))
    return Decided(built, case, promised, netted, int(wide["numbered"]), is_again=True)


def _wide(name: str, array: np.ndarray) -> np.ndarray:
    """As the planner counts."""
    if array.dtype.kind != "i":
        return array
    return array.astype(np.int32 if name.rpartition(".")[2] in SMALL else np.int64)


def _cells(start: Cells, taken: dict[str, Any]) -> Cells:
    floor = Floor(**{name: taken[f"floor.{name}"] for name in Floor._fields})
    return start._replace(**{name: taken[name] for name in TAKEN}, floor=floor)


def _fits(case: Case, netted: Netted) -> bool:
    nodes = case.model.items * case.model.locations
    return netted.unit_days.size == nodes and netted.receipt_left.size == case.incoming.receipts.qty.size
