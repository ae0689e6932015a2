"""Which nodes a change touches at first: what is wanted of them, what comes to them, what holds for their item."""

import numpy as np
import polars as pl

from huoku.buy.terms import Flags, Ints
from huoku.plan.decide.cells import Cells
from huoku.plan.decide.service import Promised
from huoku.plan.decide.wants import claim_needs
from huoku.plan.model.arrays import Model, Wants
from huoku.plan.model.build import Case
from huoku.plan.model.claiming import Claiming
from huoku.plan.replan.ragged import counted, differing


def claims_after(before: Claiming, after: Claiming) -> Ints:
    """By claim of ``before``: its number in ``after``, by kind, name and part; -1 where it is gone."""
    ours, theirs = (claiming.table.select("kind", "name") for claiming in (before, after))
    if ours.equals(theirs):
        return np.arange(ours.height)
    if before.claims.may_split.any() or after.claims.may_split.any():
        ours, theirs = (side.with_columns(part=pl.int_range(pl.len()).over("kind", "name")) for side in (ours, theirs))
    found = ours.join(theirs.with_row_index("claim"), on=ours.columns, how="left", maintain_order="left")
    return found["claim"].cast(pl.Int64).fill_null(-1).to_numpy()


def wants_of(case: Case, promised: Promised) -> Wants:
    """What the claims want of which node, as they were promised."""
    return claim_needs(case.model, case.claiming.claims, promised.promises.day)


def touched_nodes(
    before: Case, promised: Promised, after: Case, again: Promised, wants: Wants, claim_after: Ints, comes: Flags
) -> tuple[Flags, Flags]:
    """By node: is it to be settled again? By item: does something else hold for it?

    ``wants`` are those of ``after``; ``claim_after``: see ``claims_after``; ``comes``: see ``comes_otherwise``.
    """
    model = after.model
    nodes = model.items * model.locations
    items = changed_items(before, after)
    touched = np.repeat(items, model.locations)
    touched |= _wanted_otherwise(wants_of(before, promised), wants, claim_after, nodes)
    touched |= comes
    ours, theirs = promised.cells, again.cells
    touched |= differing(ours.first, (ours.made, ours.free), theirs.first, (theirs.made, theirs.free))
    touched[_moved_otherwise(before.model, ours, model, theirs)] = True
    touched |= differing(*_lots(promised, nodes), *_lots(again, nodes))
    # The lots that machines make are laid in a table of their own, which is written anew.
    touched |= np.repeat(np.diff(model.shop.first) > 0, model.locations)
    return touched, items


def _wanted_otherwise(before: Wants, after: Wants, claim_after: Ints, nodes: int) -> Flags:
    sides = []
    for wants in without_the_same(before._replace(claim=claim_after[before.claim]), after):
        order = np.lexsort((wants.qty, wants.day, wants.claim, wants.node))
        sides += [counted(wants.node[order], nodes), (wants.claim[order], wants.day[order], wants.qty[order])]
    return differing(*sides)  # type: ignore[arg-type]


def without_the_same(ours: Wants, theirs: Wants) -> tuple[Wants, Wants]:
    """Both without most of what stands in both, row by row from the top, below the first unlike ones from the end."""
    shorter = min(ours.claim.size, theirs.claim.size)
    differs = _unlike(_rows(ours, slice(shorter)), _rows(theirs, slice(shorter)))
    first = int(differs.argmax()) if differs.any() else shorter
    begins = [wants.claim.size - (shorter - first) for wants in (ours, theirs)]
    differs = _unlike(*(_rows(wants, slice(begin, None)) for wants, begin in zip((ours, theirs), begins, strict=True)))
    ours, theirs = (
        _rows(wants, np.concatenate((np.arange(first, begin), begin + np.flatnonzero(differs))))
        for wants, begin in zip((ours, theirs), begins, strict=True)
    )
    return ours, theirs


def _rows(wants: Wants, rows: Ints | slice) -> Wants:
    return Wants(*(column[rows] for column in wants))


def _unlike(ours: Wants, theirs: Wants) -> Flags:
    unlike: Flags = np.logical_or.reduce([left != right for left, right in zip(ours, theirs, strict=True)])
    return unlike


def comes_otherwise(before: Case, after: Case) -> Flags:
    """By node: do other stock and open orders come to it?"""
    return differing(before.incoming.receipts.first, _comes(before), after.incoming.receipts.first, _comes(after))


def _comes(case: Case) -> tuple[np.ndarray, ...]:
    """What tells receipts apart."""
    receipts, table = case.incoming.receipts, case.incoming.table
    return receipts.day, receipts.qty, table["name"].hash().to_numpy(), table["expires"].to_numpy()


def _lots(promised: Promised, nodes: int) -> tuple[Ints, tuple[Ints, ...]]:
    """The lots of pinned items by node."""
    node, cells = promised.cells.node, promised.lots
    here = node[cells[:, 0]] if cells.size else cells[:, 0]
    return counted(here, nodes), (cells[:, 0] - promised.cells.first[here], cells[:, 1])


def _moved_otherwise(before: Model, ours: Cells, after: Model, theirs: Cells) -> Ints:
    """The choices of which the promises took something else by any way."""
    if after.ways.target.size == 0:
        return np.zeros(0, np.int64)
    way = np.flatnonzero(differing(ours.way_first, (ours.moved,), theirs.way_first, (theirs.moved,)))
    return np.repeat(np.arange(after.ways.first.size - 1), np.diff(after.ways.first))[way]


def changed_items(case: Case, case_now: Case) -> Flags:
    """By item: does any figure of it differ, its terms, BOM, operations or what may stand in for it?"""
    before, after = case.model, case_now.model
    if before is after:
        return np.zeros(after.items, np.bool_)
    changed: Flags = np.zeros(after.items, np.bool_)
    for name in ("make_source", "pinned", "cover", "lasts"):
        changed |= getattr(before, name) != getattr(after, name)
    for name in ("holding", "value", "salvage"):
        changed |= getattr(before.worth, name) != getattr(after.worth, name)
    ours, theirs = before.worth, after.worth
    changed |= differing(ours.first, (ours.amount, ours.chance), theirs.first, (theirs.amount, theirs.chance))
    asked, asked_now = case.sources, case_now.sources
    is_otherwise = (asked.moq != asked_now.moq) | (asked.min_value != asked_now.min_value)
    changed[asked.item[is_otherwise | _terms_changed(before, after)]] = True
    return changed | _bom_changed(before, after) | _ways_changed(before, after)


def _terms_changed(before: Model, after: Model) -> Flags:
    """By source, lanes among them."""
    ours, theirs = before.terms, after.terms
    names = ("is_make", "lead", "start_from", "start_to", "fee", "multiple", "lot_max", "dominated")
    by_tier = ((terms.tier_first, (terms.tier_low, terms.tier_high, terms.tier_price)) for terms in (ours, theirs))
    (first, tiers), (later, tiers_now) = by_tier
    source = differing(first, tiers, later, tiers_now)
    if not all(map(np.array_equal, before.closures[1:], after.closures[1:])):
        source |= (before.closures.row >= 0) | (after.closures.row >= 0)
    for name in names:
        source |= getattr(ours, name) != getattr(theirs, name)
    return source


def _bom_changed(before: Model, after: Model) -> Flags:
    ours, theirs = before.bom, after.bom
    changed = np.zeros(after.items, np.bool_)
    if not np.array_equal(ours.first, theirs.first):
        changed |= np.diff(ours.first) != np.diff(theirs.first)
        return changed | (np.diff(after.bom.first) > 0)  # versions moved: their lines cannot be told apart
    version = differing(
        ours.line_first, (ours.component, ours.per, ours.fixed), theirs.line_first,
        (theirs.component, theirs.per, theirs.fixed),
    )  # fmt: skip
    for name in ("start_from", "start_to", "cover"):
        version |= getattr(ours, name) != getattr(theirs, name)
    changed[np.repeat(np.arange(after.items), np.diff(theirs.first))[version]] = True
    shop, now = before.shop, after.shop
    work = [
        tuple(figures[: s.first[-1]] for figures in (s.seq, s.resource, s.setup, s.run, s.steps)) for s in (shop, now)
    ]
    return changed | differing(shop.first, work[0], now.first, work[1])


def _ways_changed(before: Model, after: Model) -> Flags:
    ours, theirs = before.ways, after.ways
    names = ("target", "lag", "each", "per", "valid_from", "valid_to", "for_one")
    left, right = (tuple(getattr(ways, name) for name in names) for ways in (ours, theirs))
    if ours.target.size == 0:
        return np.zeros(after.items, np.bool_)
    node = differing(ours.first, left, theirs.first, right)
    return np.asarray(node.reshape(after.items, after.locations).any(axis=1), np.bool_)
