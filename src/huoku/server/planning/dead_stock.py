"""The case for the boss with the company's own figures: dead stock, turnover, and what buying less saves."""

from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from huoku.language import Language
from huoku.report.dead_stock import Case, write_case
from huoku.server.planning.advising import plan_in_hand
from huoku.server.planning.at_hand import case, case_of_plan
from huoku.server.planning.models import PlanRun


def case_of(run: PlanRun, lang: Language) -> Case:
    """Of the stock and the history as they were when the plan was made, with its purchases."""
    return _case(run.company_id, run.pk, run.output_digest, lang)


def case_file(run: PlanRun, ending: str, lang: Language) -> bytes:
    """The case as a file of this ending, one of ``CASE_KINDS``. Raises PdfMissing where a PDF lacks library or font."""
    with TemporaryDirectory() as folder:
        return write_case(case_of(run, lang), Path(folder) / f"case{ending}", lang).read_bytes()


@lru_cache(maxsize=4)
def _case(company_id: int, run_id: int, digest: str, lang: Language) -> Case:
    """``digest`` makes a run that was worked out again another one."""
    run = PlanRun.objects.of(company_id).get(pk=run_id)
    return case(run) or case_of_plan(plan_in_hand(run, lang))
