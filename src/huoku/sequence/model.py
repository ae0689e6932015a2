"""The shop floor as a constraint model: starts, machines, set-ups, and the objectives over them."""

from types import ModuleType
from typing import Any, NamedTuple

from huoku.sequence.floor import Floor, Job, Objective, Schedule, Slot, joined
from huoku.sequence.measure import latest_end, makespan
from huoku.sequence.turns import Node, Step, add_turns, needs_setups


class Model(NamedTuple):
    """The model and its unknowns. Frozen operations are constants and not among them."""

    cp: Any
    start: dict[Step, Any]
    on: dict[tuple[str, int, str], Any]  # is the operation on this machine?
    done: dict[str, Any]  # when each job is done
    last: int  # nothing ends later


def build_model(
    solver: ModuleType, floor: Floor, hint: Schedule, objective: Objective | None, old: Schedule = ()
) -> Model:
    """All rules of a schedule, with a feasible one as hint.

    ``objective``: what is made small, if anything yet. There is room for the places of ``old``, idle gaps included.
    """
    cp = solver.CpModel()
    placed = {(slot.job, slot.operation): slot for slot in hint}
    last = makespan(hint) if objective == "makespan" else max(latest_end(floor), makespan(hint), makespan(old))
    model = Model(cp, {}, {}, {}, last)
    for job in floor.jobs:
        add_job(model, floor, job, placed)
    for resource in floor.resources:
        add_machine(model, floor, resource, hint)
    if objective == "makespan":
        end = cp.new_int_var(min(0, last), last, "makespan")
        for done in model.done.values():
            cp.add(end >= done)
        cp.add_hint(end, last)
        cp.minimize(end)
    elif objective == "tardiness":
        cp.minimize(tardiness_of(model, floor))
    return model


def add_job(model: Model, floor: Floor, job: Job, placed: dict[Step, Slot]) -> None:
    """The operations of one job in turn, each on one of its machines."""
    done: Any = max((slot.end for slot in floor.frozen if slot.job == job.code), default=floor.now)
    for operation in range(floor.frozen_steps[job.code], len(job.operations)):
        step, hinted = job.operations[operation], placed[job.code, operation]
        start = model.cp.new_int_var(max(job.release, floor.now), model.last - step.minutes, f"{job.code} {operation}")
        model.cp.add_hint(start, hinted.start)
        model.cp.add(start >= done)
        for resource in step.resources:
            here = model.cp.new_bool_var("") if len(step.resources) > 1 else model.cp.new_constant(1)
            if len(step.resources) > 1:
                model.cp.add_hint(here, resource == hinted.resource)
            model.on[job.code, operation, resource] = here
        model.cp.add_exactly_one(model.on[job.code, operation, resource] for resource in step.resources)
        model.start[job.code, operation] = start
        done = start + step.minutes
    model.done[job.code] = done


def add_machine(model: Model, floor: Floor, resource: str, hint: Schedule) -> None:
    """One at a time, each with its set-up right before it, and nothing while the machine is down or taken."""
    cp = model.cp
    steps = [(code, operation) for code, operation, name in model.on if name == resource]
    frozen = sorted((slot for slot in floor.frozen if slot.resource == resource), key=lambda slot: slot.start)
    nodes = [free_node(model, floor, step, model.on[(*step, resource)]) for step in steps]
    nodes += [frozen_node(floor, slot) for slot in frozen]
    hinted = [slot for slot in hint if slot.resource == resource]
    setups = add_turns(cp, floor, resource, nodes, hinted, model.last) if needs_setups(floor, nodes) else {}
    taken = joined([*floor.down(resource), *((slot.start, slot.end) for slot in frozen)])
    spans = [cp.new_fixed_size_interval_var(start, end - start, "") for start, end in taken if end > start]
    for code, operation in steps:
        start, minutes = model.start[code, operation], floor.by_code[code].operations[operation].minutes
        here = model.on[code, operation, resource]
        if (code, operation) in setups:
            begin, setup = setups[code, operation]
            spans.append(cp.new_optional_interval_var(begin, setup + minutes, start + minutes, here, ""))
        else:
            spans.append(cp.new_optional_fixed_size_interval_var(start, minutes, here, ""))
    cp.add_no_overlap(spans)


def free_node(model: Model, floor: Floor, step: Step, here: Any) -> Node:
    operation, start = floor.by_code[step[0]].operations[step[1]], model.start[step]
    return Node(step, operation.family, start, start + operation.minutes, here)


def frozen_node(floor: Floor, slot: Slot) -> Node:
    return Node((slot.job, slot.operation), floor.operation(slot).family, slot.start, slot.end, None)


def tardiness_of(model: Model, floor: Floor) -> Any:
    """Weighted minutes after the due minutes, as a sum over unknowns."""
    terms = []
    for job in floor.jobs:
        if job.due is not None and job.weight:
            late = model.cp.new_int_var(0, max(0, model.last - job.due), f"late {job.code}")
            model.cp.add(late >= model.done[job.code] - job.due)
            terms.append(job.weight * late)
    return sum(terms)


def moves_of(model: Model, old: Schedule) -> Any:
    """How many of the free operations begin at another minute or stand elsewhere than in an old schedule."""
    changed = []
    for slot in old:
        step = (slot.job, slot.operation)
        if step in model.start:
            moves = model.cp.new_bool_var(f"moves {step}")
            model.cp.add(model.start[step] == slot.start).only_enforce_if(~moves)
            here = model.on.get((*step, slot.resource))
            model.cp.add(moves == 1) if here is None else model.cp.add_bool_or(here, moves)
            changed.append(moves)
    return sum(changed)
