"""A new plan takes the place of the one before: what it proposes alike stays, with what was decided of it."""

from typing import Any

import polars as pl

from huoku.server.planning.models import PlanRun, Proposal
from huoku.server.planning.proposing import KEY, TOLD
from huoku.server.platform.command import At
from huoku.server.platform.sql import ask_together, inserting

State = Proposal.State
AT_ONCE = 5_000


def replace_proposals(at: At, run: PlanRun, wanted: pl.DataFrame) -> dict[str, object]:
    """Open proposals that the new plan makes too stay what they are, those that were rejected stay rejected; others
    are new, and what it makes no more is replaced. Returns how many of each.

    ``wanted``: see ``Proposed.orders``.
    """
    there, wanted = _numbered(_there(at, wanted.schema)), _numbered(wanted)
    alike = [*KEY, "nth"]
    fresh = wanted.join(there, on=alike, how="anti", nulls_equal=True, maintain_order="left")
    gone = there.filter(state=State.OPEN.value).join(wanted, on=alike, how="anti", nulls_equal=True)
    kept = wanted.join(there, on=alike, how="inner", nulls_equal=True, suffix="_before")
    for some in gone.iter_slices(AT_ONCE):
        Proposal.objects.of(at.company_id).filter(pk__in=some["id"].to_list()).update(state=State.REPLACED)
    if kept.height:
        Proposal.objects.of(at.company_id).filter(state__in=(State.OPEN, State.REJECTED)).update(run=run)
    _tell_otherwise(at, kept)
    _propose(at, run, fresh)
    counted = {"new": fresh.height, "kept": kept.height, "replaced": gone.height}
    at.changed(run, {}, {"proposals": counted})
    return dict(counted)


def _there(at: At, schema: pl.Schema) -> pl.DataFrame:
    """What was proposed and is not accepted, the eldest first."""
    rows = Proposal.objects.of(at.company_id).filter(state__in=(State.OPEN, State.REJECTED)).order_by("pk")
    kinds: dict[str, Any] = {"id": pl.Int64, "state": pl.String, **{name: schema[name] for name in (*KEY, *TOLD)}}
    return pl.DataFrame(list(rows.values_list(*kinds)), schema=kinds, orient="row")


def _numbered(rows: pl.DataFrame) -> pl.DataFrame:
    """With the place of each among those of its key: two alike are two."""
    return rows.with_columns(nth=pl.int_range(pl.len(), dtype=pl.Int64).over(KEY))


def _tell_otherwise(at: At, kept: pl.DataFrame) -> None:
    differs = pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}_before")) for name in TOLD)
    rows = [Proposal(pk=row.pop("id"), **row) for row in kept.filter(differs).select("id", *TOLD).iter_rows(named=True)]
    Proposal.objects.of(at.company_id).bulk_update(rows, TOLD, batch_size=500)


def _propose(at: At, run: PlanRun, fresh: pl.DataFrame) -> None:
    same: dict[str, Any] = {"company_id": at.company_id, "run_id": run.pk, "version": 1, "state": State.OPEN.value}
    same |= {"document": "", "reason": "", "decided_at": None, "decided_by_id": None}
    for some in fresh.drop("nth").iter_slices(AT_ONCE):
        ask_together(inserting(Proposal, [{**same, **row} for row in some.iter_rows(named=True)]))
