"""Set-ups in the constraint model: who follows whom on one machine, as a circuit."""

from typing import Any, NamedTuple

from huoku.sequence.floor import Floor, Slot

Step = tuple[str, int]
"""An operation: the job's code, and which of its operations."""


class Node(NamedTuple):
    """An operation that may stand on a machine: a free one with its unknowns, or a frozen one with its minutes."""

    step: Step
    family: str
    start: Any
    end: Any
    here: Any  # is a free one on this machine? None for a frozen one


class Circuit(NamedTuple):
    """The nodes of a machine, counted from 1, and who may follow whom; 0 stands before the first and after the last."""

    cp: Any
    nodes: list[Node]
    hinted: set[tuple[Step | None, Step | None]]
    arcs: list[tuple[int, int, Any]]

    def arc(self, before: int, after: int) -> Any:
        """A new unknown: does ``after`` follow ``before``?"""
        follows = self.cp.new_bool_var("")
        self.arcs.append((before, after, follows))
        self.cp.add_hint(follows, self.is_hinted(before, after))
        return follows

    def is_hinted(self, before: int, after: int) -> bool:
        first, second = (self.nodes[node - 1].step if node else None for node in (before, after))
        return (first, second) in self.hinted


def needs_setups(floor: Floor, nodes: list[Node]) -> bool:
    """Is there a pair of families on this machine that asks for a set-up?"""
    families = {node.family for node in nodes}
    return any(floor.setup(before, after) for before in families for after in families)


def add_turns(
    cp: Any, floor: Floor, resource: str, nodes: list[Node], hint: list[Slot], last: int
) -> dict[Step, tuple[Any, Any]]:
    """Let the operations of a machine follow each other; of each free one: where its set-up begins, its minutes."""
    turns = [(slot.job, slot.operation) for slot in hint]
    circuit = Circuit(cp, nodes, set(zip([None, *turns], [*turns, None], strict=True)), [])
    starts = {(slot.job, slot.operation): slot.start for slot in hint}
    setups = {}
    circuit.arc(0, 0)
    for position, node in enumerate(nodes, 1):
        circuit.arc(0, position)
        circuit.arc(position, 0)
        if node.here is None:
            add_before_frozen(circuit, floor, resource, position)
        else:
            begin, setup = cp.new_int_var(floor.now, last, ""), cp.new_int_var(0, last, "")
            prepared = add_before_free(circuit, floor, position, begin, setup)
            cp.add_hint(setup, prepared)
            cp.add_hint(begin, starts.get(node.step, floor.now) - prepared)
            setups[node.step] = begin, setup
    cp.add_circuit(circuit.arcs)
    return setups


def add_before_free(circuit: Circuit, floor: Floor, position: int, begin: Any, setup: Any) -> int:
    """What may stand before a free operation, and what set-up it then takes; returns the set-up of the hint."""
    cp, node = circuit.cp, circuit.nodes[position - 1]
    circuit.arcs.append((position, position, ~node.here))
    minutes, prepared = [], 0
    for before, other in enumerate(circuit.nodes, 1):
        if before != position:
            follows, needed = circuit.arc(before, position), floor.setup(other.family, node.family)
            cp.add(begin >= other.end).only_enforce_if(follows)
            minutes.append(needed * follows)
            prepared += needed * circuit.is_hinted(before, position)
    cp.add(setup == sum(minutes))
    cp.add(begin + setup == node.start)
    return prepared


def add_before_frozen(circuit: Circuit, floor: Floor, resource: str, position: int) -> None:
    """What may stand before a frozen operation: whatever leaves room for the set-up."""
    node, down = circuit.nodes[position - 1], floor.down(resource)
    for before, other in enumerate(circuit.nodes, 1):
        begin = node.start - floor.setup(other.family, node.family)
        if other.here is None:
            if before == position - 1:
                circuit.arc(before, position)  # what is frozen stands in its order, whatever set-up it had
        elif begin == node.start or not any(start < node.start and begin < end for start, end in down):
            circuit.cp.add(other.end <= begin).only_enforce_if(circuit.arc(before, position))
