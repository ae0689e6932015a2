"""Large plans as they lie in memory, beside the database: the job lays them down when they end, and whoever is asked
about one, after a start of the server too, opens it in a moment instead of working it out again.

They are no records: backups leave them out, another version makes them anew, and without them everything is as true,
only slower. What is small is worked out faster than it is opened.
"""

import shutil
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import structlog
from django.conf import settings

from huoku.language import Language
from huoku.plan import Plan, mapped
from huoku.plan.explain.margins import values_of
from huoku.plan.model.size import compiling_pays
from huoku.plan.retold import in_language
from huoku.report.dead_stock import Case, boss_case
from huoku.sense.review import DeadStock, deadstock
from huoku.server.planning.files import folder_of, plan_of
from huoku.server.planning.models import PlanRun

log = structlog.get_logger("huoku.planning")

KEPT = ("decided", "told", "unit values")
"""What a plan has worked out that answers stand on."""
MOST = 3
"""So many of a company lie there: the one that people ask about, the one before, a trial."""
PLANS, CASE = "plans", "case"


def lay_down(run: PlanRun, in_chinese: Plan, in_english: Plan) -> None:
    """Both tellings of a plan that was worked out, of which ``run.output_digest`` tells. Where there is no room for
    them, they are not there."""
    folder = place_of(run)
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        if compiling_pays(in_chinese.factory):
            in_english.kept["unit values"] = values_of(in_chinese)
            mapped.write({"zh": _bare(in_chinese), "en": _bare(in_english)}, folder / PLANS)
        for old in _others(run)[: -(MOST - 1)]:
            shutil.rmtree(old, ignore_errors=True)
    except OSError as fault:
        _told(folder, fault)


def lay_case_down(run: PlanRun, review: DeadStock | None = None) -> None:
    """The case for the boss of a plan that lies there, which takes longest of all, by the ``review`` of its stock where
    there is one already."""
    there, folder = plans(run), place_of(run)
    if there and not mapped.is_there(folder / CASE):
        try:
            mapped.write(case_of_plan(there["zh"], review), folder / CASE)
        except OSError as fault:
            _told(folder, fault)


def _told(folder: Path, fault: OSError) -> None:
    log.warning("plan_not_at_hand", folder=str(folder), fault=str(fault))


def plans(run: PlanRun) -> Mapping[Language, Plan]:
    """The plan of a run in the languages in which it lies there; none where it does not."""
    folder = place_of(run) / PLANS
    return _plans(folder) if mapped.is_there(folder) else {}


def case(run: PlanRun) -> Case | None:
    found: Case | None = mapped.opened(place_of(run) / CASE)
    return found


def case_of_plan(plan: Plan, review: DeadStock | None = None) -> Case:
    """It is the same in every language."""
    return boss_case(review or deadstock(plan.factory), plan)


def laid_again(run: PlanRun) -> bool:
    """Lay a plan down that another version, or nobody, has laid down; was there anything to do?"""
    folder = place_of(run)
    is_there = folder.exists() and (not (folder / PLANS).exists() or mapped.is_there(folder / PLANS))
    if is_there or not folder_of(run).is_dir():
        return False
    plan = plan_of(run)
    lay_down(run, plan, in_language(plan, "en"))
    lay_case_down(run)
    return True


@lru_cache(maxsize=2)
def _plans(folder: Path) -> Mapping[Language, Plan]:
    return mapped.opened(folder) or {}


def _bare(plan: Plan) -> Plan:
    """Without what single questions have left in it."""
    bare = replace(plan)
    bare.kept.update((name, plan.kept[name]) for name in KEPT if name in plan.kept)
    return bare


def place_of(run: PlanRun) -> Path:
    """Where it lies; the digest makes a run that was worked out again another one."""
    return (
        Path(settings.MEDIA_ROOT).parent / "at_hand" / str(run.company_id) / f"{run.pk:010d}-{run.output_digest[:16]}"
    )


def _others(run: PlanRun) -> list[Path]:
    """The other plans of the company that lie there, the eldest first."""
    mine = place_of(run)
    return sorted(each for each in mine.parent.iterdir() if each != mine and not each.name.startswith("."))
