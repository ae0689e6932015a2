"""Where the files of plan runs lie: what each was made from and what came out, beside the other files that are kept."""

import hashlib
import json
import shutil
from pathlib import Path

from django.conf import settings

from huoku.factory import Factory
from huoku.factory.read import read
from huoku.factory.write import write
from huoku.language import Language
from huoku.plan import Plan
from huoku.server.planning.models import PlanRun
from huoku.server.planning.reading.trade import Names

FACTORY, PLAN, NAMES = "factory", "plan", "names.json"


def folder_of(run: PlanRun) -> Path:
    return Path(settings.MEDIA_ROOT) / "plans" / str(run.company_id) / str(run.pk)


def save_factory(run: PlanRun, factory: Factory, named: Names) -> str:
    """Keep what the run is made from; returns its digest. What an earlier try left is written over."""
    folder = folder_of(run)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    write(factory, folder / FACTORY, "parquet")
    (folder / NAMES).write_text(json.dumps(dict(named.demand_of), ensure_ascii=False), encoding="utf-8")
    return digest_of(folder / FACTORY)


def save_plan(run: PlanRun, plans: dict[Language, Plan]) -> str:
    """Keep what came out, in both languages; returns the digest of both."""
    for lang, plan in plans.items():
        plan.save(folder_of(run) / f"{PLAN}-{lang}", "parquet")
    return digest_of(*(folder_of(run) / f"{PLAN}-{lang}" for lang in sorted(plans)))


def plan_of(run: PlanRun, lang: Language) -> Plan:
    """The plan of a run that is done, to explain it, compare it, or go on from it."""
    return Plan.load(folder_of(run) / f"{PLAN}-{lang}")


def factory_of_run(run: PlanRun) -> Factory:
    return read(folder_of(run) / FACTORY)


def names_of(run: PlanRun) -> Names:
    return Names(json.loads((folder_of(run) / NAMES).read_text(encoding="utf-8")))


def digest_of(*folders: Path) -> str:
    """SHA-256 over names and bytes of all files of the folders, in order."""
    found = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                found.update(path.relative_to(folder.parent).as_posix().encode() + b"\0")
                found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()
