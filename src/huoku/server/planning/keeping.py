"""A new plan takes the place of the one before: what it proposes alike stays, with what was decided of it.

A large plan is written in parts, between which others may write. New proposals belong to a run that is not done yet and
nobody sees them; what it makes no more is marked with the run and seen as before. When the run is done, both turn over
at once (``ProposalRows.of``); what remains to be written after that differs for nobody.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import polars as pl

from huoku.server.documents.tasks import drop_tasks_of
from huoku.server.planning.models import PlanRun, Proposal
from huoku.server.planning.proposing import KEY, TOLD
from huoku.server.platform.command import At
from huoku.server.platform.sql import ask_together, inserting

State = Proposal.State
AT_ONCE = 4_000
"""So many are written before somebody else may write."""
UNDECIDED = (State.OPEN, State.REJECTED)


class Difference(NamedTuple):
    """``fresh``: rows to propose; ``gone``: ids of what is proposed no more; ``kept``: ids of what stays, with what the
    new plan tells of it."""

    fresh: pl.DataFrame
    gone: pl.DataFrame
    kept: pl.DataFrame

    @property
    def counted(self) -> dict[str, int]:
        return {"new": self.fresh.height, "kept": self.kept.height, "replaced": self.gone.height}


def difference(company_id: int, wanted: pl.DataFrame) -> Difference:
    """Open proposals that the new plan makes too stay what they are, those that were rejected stay rejected; others are
    new, and what it makes no more is replaced. ``wanted``: see ``Proposed.orders``."""
    there, wanted = _numbered(_there(company_id, wanted.schema)), _numbered(wanted)
    alike = [*KEY, "nth"]
    fresh = wanted.join(there, on=alike, how="anti", nulls_equal=True, maintain_order="left").drop("nth")
    gone = there.filter(state=State.OPEN.value).join(wanted, on=alike, how="anti", nulls_equal=True).select("id")
    kept = wanted.join(there, on=alike, how="inner", nulls_equal=True, suffix="_before")
    differs = pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}_before")) for name in TOLD)
    return Difference(fresh, gone, kept.select("id", *TOLD, differs=differs))


def _there(company_id: int, schema: pl.Schema) -> pl.DataFrame:
    """What was proposed and is not accepted, the eldest first."""
    rows = Proposal.objects.of(company_id).filter(state__in=UNDECIDED).order_by("pk")
    kinds: dict[str, Any] = {"id": pl.Int64, "state": pl.String, **{name: schema[name] for name in (*KEY, *TOLD)}}
    return pl.DataFrame(list(rows.values_list(*kinds)), schema=kinds, orient="row")


def _numbered(rows: pl.DataFrame) -> pl.DataFrame:
    """With the place of each among those of its key: two alike are two."""
    return rows.with_columns(nth=pl.int_range(pl.len(), dtype=pl.Int64).over(KEY))


def propose(at: At, run: PlanRun, fresh: pl.DataFrame) -> None:
    """Write new proposals of a run; they are seen when it is done."""
    same: dict[str, Any] = {"company_id": at.company_id, "run_id": run.pk, "version": 1, "state": State.OPEN.value}
    same |= {"document": "", "reason": "", "decided_at": None, "decided_by_id": None, "left_by_id": None}
    for some in fresh.iter_slices(AT_ONCE):
        ask_together(inserting(Proposal, [{**same, **row} for row in some.iter_rows(named=True)]))


def leave(at: At, run: PlanRun, gone: pl.DataFrame) -> None:
    """Mark what a run proposes no more; it is open until that is done."""
    for some in gone.iter_slices(AT_ONCE):
        rows = Proposal.objects.of(at.company_id).filter(pk__in=some["id"].to_list(), state=State.OPEN)
        rows.update(left_by=run)


def replace(at: At, run: PlanRun, gone: pl.DataFrame) -> None:
    """What a run that is done has left is replaced."""
    for some in gone.iter_slices(AT_ONCE):
        left = Proposal.objects.ever(at.company_id).filter(pk__in=some["id"].to_list(), left_by=run, state=State.OPEN)
        _replaced(at, list(left.values_list("pk", flat=True)))


def _replaced(at: At, ids: Sequence[int]) -> None:
    """What anybody was asked to do about them is no longer needed."""
    Proposal.objects.ever(at.company_id).filter(pk__in=ids).update(state=State.REPLACED)
    drop_tasks_of(at, Proposal, {"row__in": ids})


def keep(at: At, run: PlanRun, kept: pl.DataFrame) -> None:
    """What a run that is done proposes too is told as it tells it; unless one that ended later has told it already."""
    rows = Proposal.objects.of(at.company_id).filter(state__in=UNDECIDED, run__ended_at__lte=run.ended_at)
    told = kept.filter("differs").select("id", *TOLD)
    rows.bulk_update([Proposal(pk=row.pop("id"), **row) for row in told.iter_rows(named=True)], TOLD, batch_size=500)
    for some in kept.iter_slices(AT_ONCE):
        rows.filter(pk__in=some["id"].to_list()).update(run=run)


def forget_what_is_unfinished(at: At, run: PlanRun, most: int = AT_ONCE) -> int:
    """What runs that failed, trials that did not become live, or this one when it was begun before, have written and
    nobody saw; what this one had left then; and what a run that is done has left and did not come to replace. So many
    at a time; how many there were."""
    every = Proposal.objects.ever(at.company_id)
    unseen = every.filter(run__state=PlanRun.State.FAILED) | every.filter(run__kind=PlanRun.Kind.TRIAL)
    ids = list((unseen | every.filter(run=run)).values_list("pk", flat=True)[:most])
    every.filter(pk__in=ids).delete()
    open_ones = every.filter(state=State.OPEN)
    again = list(open_ones.filter(left_by=run).values_list("pk", flat=True)[:most])
    every.filter(pk__in=again).update(left_by=None)
    done = open_ones.filter(left_by__state=PlanRun.State.DONE, left_by__kind=PlanRun.Kind.LIVE)
    left = list(done.values_list("pk", flat=True)[:most])
    _replaced(at, left)
    return len(ids) + len(again) + len(left)
