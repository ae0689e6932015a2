"""The result of a night's examination is kept, and whoever answers for the books is told what does not hold."""

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from huoku.language import Sentence
from huoku.server.alerts.models import Anomaly, Examination
from huoku.server.alerts.rights import KEEP
from huoku.server.documents.tasks import drop_tasks, leave_task
from huoku.server.platform.command import At, command
from huoku.server.platform.kept import add
from huoku.server.platform.requests import Asked
from huoku.server.platform.roles import Role

FOUND = "anomalies"
TOLD = (Role.OWNER, Role.ADMIN, Role.FINANCE)
WORDS = Sentence(
    "夜间检查账务：{wrong} 处不符，{doubtful} 处可疑。第一处：{first_zh}",
    "The night's examination of the books: {wrong} wrong, {doubtful} doubtful. The first: {first_en}",
)
MOST = 2000
"""So many findings are kept of one night; the first show where to look."""


class Found(Asked):
    """One thing that does not hold, in both languages."""

    rule: Annotated[str, StringConstraints(min_length=1, max_length=20)]
    text_zh: Annotated[str, StringConstraints(min_length=1, max_length=1000)]
    text_en: Annotated[str, StringConstraints(min_length=1, max_length=1000)]
    streams: Annotated[str, StringConstraints(max_length=400)] = ""
    is_doubtful: bool = False


class KeepExamination(Asked):
    """What was found, the worst first; nothing where everything holds."""

    found: Annotated[list[Found], Field(max_length=MOST)] = []


@command(right=KEEP)
def keep_examination(at: At, request: KeepExamination) -> dict[str, object]:
    """Keep it. Yesterday's tasks end: what still does not hold stands in today's."""
    before = Examination.objects.of(at.company_id).order_by("pk").last()
    doubtful = sum(each.is_doubtful for each in request.found)
    night = Examination(examined_at=at.now, wrong=len(request.found) - doubtful, doubtful=doubtful)
    add(at, night)
    rows = (Anomaly(company_id=at.company_id, examination=night, **each.model_dump()) for each in request.found)
    Anomaly.objects.bulk_create(rows)
    if before is not None:
        drop_tasks(at, before, FOUND)
    if request.found:
        _tell(at, night, request.found)
    return {"examination": night.pk, "wrong": night.wrong, "doubtful": night.doubtful}


def _tell(at: At, night: Examination, found: Sequence[Found]) -> None:
    first = min(found, key=lambda each: each.is_doubtful)
    said: dict[str, Any] = {
        "wrong": night.wrong,
        "doubtful": night.doubtful,
        "first_zh": first.text_zh,
        "first_en": first.text_en,
    }
    for role in TOLD:
        leave_task(at, night, FOUND, role, WORDS, due_on=at.today, **said)
    at.tell("anomalies_found", night, wrong=night.wrong, doubtful=night.doubtful)
