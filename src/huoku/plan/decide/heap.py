"""A heap of whole numbers in an array, smallest first."""

from huoku.buy.terms import Ints
from huoku.compiled import kernel


@kernel
def push(heap: Ints, size: int, cell: int) -> None:
    """Put a cell into the heap (smallest first) of ``size`` cells."""
    child = size
    while child > 0:
        parent = (child - 1) // 2
        if heap[parent] <= cell:
            break
        heap[child] = heap[parent]
        child = parent
    heap[child] = cell


@kernel
def pop(heap: Ints, size: int) -> int:
    """Take the smallest cell out of a heap of ``size`` cells."""
    smallest, moved = heap[0], heap[size - 1]
    parent, child = 0, 1
    while child < size - 1:
        if child + 1 < size - 1 and heap[child + 1] < heap[child]:
            child += 1
        if heap[child] >= moved:
            break
        heap[parent] = heap[child]
        parent, child = child, 2 * child + 1
    heap[parent] = moved
    return smallest
