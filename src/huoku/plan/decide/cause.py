"""Which full resource is behind a try that failed.

Machines that are full push work to earlier days, until some part is not there yet: then the part is short, but
the machine is the cause. It is found by going up from what is short: each lot on the way tells how many days
before its own work began it would have had to wait; the longest wait is the cause.
"""

from huoku.buy.terms import Ints
from huoku.compiled import kernel
from huoku.plan.model.arrays import Model, component_node, version_on
from huoku.plan.model.floor import (
    CELL,
    LOT_START,
    OPERATION,
    WANTED,
    WORK,
    WORK_DAY,
    WORK_END,
    WORK_FROM,
    FloorLog,
)
from huoku.plan.model.shop import Shop

# Columns of ``Promises.full``: the resource (-1: material alone), what it makes (a node), by when that has to be
# done there, and then: when it has to begin, or, where even today is too late, when it could be done.
FULL_RESOURCE, FULL_MADE, FULL_NEEDED, FULL_THEN = range(4)


@kernel
def write_cause(cause: Ints, resource: int, made: int, needed: int, then: int) -> None:
    """Write the columns above."""
    cause[FULL_RESOURCE], cause[FULL_MADE], cause[FULL_NEEDED], cause[FULL_THEN] = resource, made, needed, then


@kernel
def find_cause(model: Model, node_of: Ints, log: FloorLog, cause: Ints, node: int, day: int) -> None:
    """Write the cause of a shortage of ``node`` on a day; nothing where no lot above it had to wait."""
    longest, lot = 0, log.rows[0] - 1
    while lot >= 0:
        made = node_of[log.lots[lot, CELL]]
        if not takes(model, made, log.lots[lot, LOT_START], node, day):
            lot -= 1
            continue
        needed = log.lots[lot, WANTED]
        row = log.lots[lot, WORK_FROM]
        while row < log.lots[lot, WORK_END]:
            operation, begun, work = log.work[row, OPERATION], log.work[row, WORK_DAY], 0
            while row < log.lots[lot, WORK_END] and log.work[row, OPERATION] == operation:
                begun = log.work[row, WORK_DAY]
                work += log.work[row, WORK]
                row += 1
            resource = model.shop.resource[operation]
            waited = start_alone(model.shop, resource, work, needed) - begun
            if waited > longest:
                longest = waited
                write_cause(cause, resource, made, needed, begun)
            needed = begun
        node, day = made, log.lots[lot, WANTED]
        lot -= 1


@kernel
def takes(model: Model, made: int, start: int, node: int, day: int) -> bool:
    """Does an order of ``made`` that starts on a day take ``node`` on ``day``, itself or in place of something?"""
    version = version_on(model.bom, made // model.locations, start)
    for line in range(model.bom.line_first[version], model.bom.line_first[version + 1]):
        component = component_node(model, made, line)
        if component == node and start == day:
            return True
        for way in range(model.ways.first[component], model.ways.first[component + 1]):
            if model.ways.target[way] == node and start - model.ways.lag[way] == day:
                return True
    return False


@kernel
def start_alone(shop: Shop, resource: int, work: int, needed: int) -> int:
    """When work that has to be done by a day would begin on a resource that has nothing else to do."""
    for day in range(needed, -1, -1):
        work -= shop.capacity[resource * shop.days + day]
        if work <= 0:
            return day
    return -1
