"""A company's own data from files: looked at first, nothing written; then all of it or nothing, and planned at once."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from huoku.errors import DataError, Problem
from huoku.factory import TABLES, Factory
from huoku.factory.brought import Brought, Wish, bring, marked, said_of
from huoku.language import LANGUAGES, Language, Sentence
from huoku.server.items.models import Item
from huoku.server.planning.bringing.factory import NotEmpty, bring_in
from huoku.server.planning.bringing.own_files import BRING, CHECK, OwnData, keep_own, read_own
from huoku.server.planning.bringing.progress import Progress, commands_for, place_of
from huoku.server.planning.commands.runs import AskPlan, ask_plan
from huoku.server.planning.rights import BRING_IN, PLAN
from huoku.server.platform import clock
from huoku.server.platform.actor import Actor, the_system
from huoku.server.platform.canonical import canonical
from huoku.server.platform.command import perform
from huoku.server.platform.jobs.long import does
from huoku.server.platform.models import Job

WRONG, DONE = 422, 200
TRIED_UP_TO = 3_000
"""So many commands are tried: some seconds."""

OTHER_CURRENCY = Sentence(
    "文件的币种是 {value}，公司记账用 {own}；请改文件里的设置，或去掉这一项",
    "the files are in {value}, the company counts in {own}; change the setting in the files, or leave it out",
)


@does(CHECK)
def check_own_data(actor: Actor, job: Job) -> tuple[int, bytes]:
    """Say what would be made of the files, and everything that is wrong. Nothing is written."""
    actor.must(BRING_IN)
    asked = OwnData.model_validate_json(job.request)
    brought = _tried(actor, _brought(actor, asked, is_kept=True))
    return DONE, canonical({**_told(brought), "marked": _kept_marked(actor, brought)})


@does(BRING)
def bring_own_data(actor: Actor, job: Job) -> tuple[int, bytes]:
    """Fill the company, and have it planned. One row that is refused leaves it as empty as it was."""
    actor.must(BRING_IN)
    asked = OwnData.model_validate_json(job.request)
    brought = _brought(actor, asked)
    if brought.factory is None:
        return WRONG, canonical(_told(brought))
    progress = Progress(place_of(actor.company.pk, job.pk), commands_for(brought.factory))
    try:
        commands = bring_in(actor, brought.factory, progress.tell)
    except DataError as fault:
        wrong = [brought.placed(problem) for problem in fault.problems]
        return WRONG, canonical({**_told(brought), "errors": list(map(_said, wrong)), "error_count": fault.count})
    finally:
        progress.end()
    planner = actor if actor.may(PLAN) else the_system(actor.company)
    run = perform(ask_plan, AskPlan(), actor=planner, key=f"own-data:{job.pk}").result()["id"]
    return DONE, canonical({"commands": commands, "rows": _rows(brought.factory), "run": run})


def _tried(actor: Actor, brought: Brought) -> Brought:
    """What is small is brought in on trial and undone, which finds what commands alone refuse; what is large would keep
    others from writing, and tells this when it is brought in."""
    if brought.factory is None or commands_for(brought.factory) > TRIED_UP_TO:
        return brought
    try:
        with transaction.atomic():
            bring_in(actor, brought.factory)
            transaction.set_rollback(True)
    except DataError as fault:
        return brought.refused(*map(brought.placed, fault.problems))
    return brought


def _brought(actor: Actor, asked: OwnData, is_kept: bool = False) -> Brought:
    """Raises NotEmpty, NotKept."""
    company = actor.company
    if Item.objects.of(company).exists():
        raise NotEmpty(field="company", value=company.code)
    brought = bring(
        read_own(company.pk, asked.files),
        today=clock.business_day(company, clock.now()),
        currency=company.currency,
        wishes={place: Wish(wish.table, wish.columns) for place, wish in asked.wishes.items()},
        is_kept=is_kept,
    )
    factory = brought.factory
    if factory is None or factory.settings.currency == company.currency:
        return brought
    said: dict[str, object] = {"value": factory.settings.currency, "own": company.currency}
    wrong = Problem(
        "error", "other_currency", OTHER_CURRENCY, "factory", "", None, "currency", factory.settings.currency, said
    )
    return brought.refused(wrong)


def _told(brought: Brought) -> dict[str, Any]:
    return {
        "is_good": brought.factory is not None,
        "rows": _rows(brought.factory),
        "sheets": [
            {
                "place": part.place,
                "table": part.table,
                "rows": len(part.numbers),
                "heads": [[head, column] for column, head in part.heads.items()],
                "unused": list(part.unused),
                "remarks": [_both(remark.say) for remark in part.remarks],
            }
            for part in brought.parts
        ],
        "left_out": [{"place": left.place, **_both(left.words.say)} for left in brought.left_out],
        "errors": list(map(_said, brought.errors)),
        "error_count": brought.error_count,
        "warnings": list(map(_said, brought.warnings)),
        "warning_count": brought.warning_count,
    }


def _rows(factory: Factory | None) -> dict[str, int]:
    if factory is None:
        return {}
    return {name: factory.table(name).height for name in TABLES if factory.table(name).height}


def _said(problem: Problem) -> dict[str, Any]:
    about = {"place": problem.file, "row": problem.row, "column": problem.column, "value": problem.value}
    return {**about, **_both(lambda lang: said_of(problem, lang))}


def _both(say: Callable[[Language], str]) -> dict[str, str]:
    return {"zh": say("zh"), "en": say("en")}


def _kept_marked(actor: Actor, brought: Brought) -> dict[str, str]:
    """The files once more with their faults marked, in each language, by the digest; none where nothing is wrong."""
    if not brought.grids or not (brought.errors or brought.warnings):
        return {}
    return {lang: _kept(actor, marked(brought, lang)) for lang in LANGUAGES}


def _kept(actor: Actor, data: bytes) -> str:
    return keep_own(actor.company.pk, "marked.xlsx", (data,)).sha256
