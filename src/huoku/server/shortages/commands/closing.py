"""The end of a shortage: it is over, and this was its cause."""

from typing import Annotated

from pydantic import Field

from huoku.language import Sentence
from huoku.server.documents.course import go, must_be_open_to
from huoku.server.platform.command import At, command
from huoku.server.platform.kept import opened
from huoku.server.platform.requests import Opened, Words
from huoku.server.shortages.called import CAUSES
from huoku.server.shortages.following import solve
from huoku.server.shortages.models import Proof, ShortageCase
from huoku.server.shortages.refusals import StillMissing
from huoku.server.shortages.rights import CLOSE
from huoku.server.shortages.standing import standing_of
from huoku.server.shortages.telling import said
from huoku.server.shortages.trail import note

OVER = Sentence("由人确认不再缺料：{reason}", "Said to be over: {reason}")
CLOSED = Sentence("原因：{zh}。措施：{measure}", "Cause: {en}. Measure: {measure}")


class SolveCase(Opened):
    reason: Words = Field(default="", description="Wanted where something is still missing.")


@command(right=CLOSE)
def solve_case(at: At, request: SolveCase) -> dict[str, object]:
    """It is over, whatever the book says. Raises NotFound, Stale, NotFromHere, StillMissing without a reason."""
    case = opened(at, ShortageCase, request.id, request.version)
    must_be_open_to(case, "shortages.solve_case")
    if (gap := standing_of(at, case).lack.gap) and not request.reason:
        raise StillMissing(field="reason", value=said(case, gap), number=case.order.number)
    return solve(
        at, case, OVER, {"note": request.reason or case.note}, step="shortages.solve_case", reason=request.reason
    )


class CloseCase(Opened):
    cause: ShortageCase.Cause
    cause_note: Words = ""
    measure: Annotated[Words, Field(min_length=1, description="What keeps it from happening again, and by whom.")]


@command(right=CLOSE)
def close_case(at: At, request: CloseCase) -> dict[str, object]:
    """Say what the cause was and what is done about it. The facts that the records hold for each cause stay with it;
    the answer tells how many speak for this one. Raises NotFound, Stale, NotFromHere."""
    case = opened(at, ShortageCase, request.id, request.version)
    must_be_open_to(case, "shortages.close_case")
    values = {"cause": request.cause.value, "cause_note": request.cause_note, "measure": request.measure}
    told = go(at, case, "shortages.close_case", **values)
    proofs = Proof.objects.of(at.company_id).filter(case=case, cause=request.cause).count()
    why = CAUSES[request.cause]
    note(at, case, "closed", CLOSED, zh=why.zh, en=why.en, measure=request.measure)
    return {**told, "proofs": proofs}
