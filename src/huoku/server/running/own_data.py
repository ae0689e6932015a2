"""One's own data: a template to fill in, files to bring, what would come of them, and a button that brings them in."""

import io
import tempfile
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_GET, require_POST
from pydantic import TypeAdapter, ValidationError

from huoku.examples import demo
from huoku.factory.template import template
from huoku.factory.write_workbook import write_workbook
from huoku.language import Language, Sentence
from huoku.server.look.speaking import language
from huoku.server.office.buttons import done
from huoku.server.office.frame import page, shown
from huoku.server.planning.bringing.own_files import (
    ACCEPTED,
    BRING,
    CHECK,
    MOST_BYTES,
    MOST_FILES,
    OwnData,
    OwnFile,
    keep_own,
)
from huoku.server.planning.rights import BRING_IN
from huoku.server.platform.actor import Actor
from huoku.server.platform.commands.jobs import begin_job
from huoku.server.platform.files import FileName, served
from huoku.server.platform.kept import rows_for
from huoku.server.platform.models import Job
from huoku.server.platform.refusals import Refused
from huoku.server.running.own_report import report, wishes_from

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NO_FILE = Sentence("请先选文件。", "Choose a file first.")
TOO_MANY = Sentence("一次最多 {most} 个文件。", "{most} {most|file|files} at most at once.")
WRONG_NAME = Sentence("文件名 {name} 不能用，请改名再传。", "{name} cannot be the name of a file; call it otherwise.")
CALLED = {
    "template": Sentence("活库导入模板.xlsx", "huoku-import-template.xlsx"),
    "example": Sentence("活库填好的例子.xlsx", "huoku-filled-example.xlsx"),
    "marked": Sentence("标出问题的数据.xlsx", "my-data-with-faults-marked.xlsx"),
}
_NAME: TypeAdapter[str] = TypeAdapter(FileName)


@require_GET
@page
def own_data(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Where one stands: files to bring, a look at them, what came of it, or how far the bringing is."""
    actor.must(BRING_IN)
    job = None if "new" in request.GET else _last(actor)
    facts = {
        "report": report(actor, job, language()),
        "accepted": ACCEPTED,
        "most_bytes": MOST_BYTES // 1024**2,
        "key": uuid4().hex,
    }
    return shown(request, actor, "office/own_data.html", facts)


@require_POST
@page
def bring_files(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Keep the files and have them looked at; nothing else is written."""
    actor.must(BRING_IN)
    brought = request.FILES.getlist("file")
    if not brought or len(brought) > MOST_FILES:
        messages.error(request, (TOO_MANY if brought else NO_FILE).say(language(), most=MOST_FILES))
        return redirect("own_data")
    files: list[OwnFile] = []
    for file in brought:
        try:
            name = _NAME.validate_python(file.name)
            files.append(OwnFile(name=name, sha256=keep_own(actor.company.pk, name, file.chunks()).sha256))
        except ValidationError:
            messages.error(request, WRONG_NAME.say(language(), name=file.name))
        except Refused as refusal:
            messages.error(request, refusal.say(language()))
    if len(files) == len(brought):
        _begin(request, actor, CHECK, OwnData(files=files))
    return redirect("own_data")


@require_POST
@page
def look_again(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The same files, with what somebody says of their sheets and heads."""
    before = _checked(actor)
    asked = OwnData.model_validate_json(before.request)
    wishes = wishes_from(request.POST, before)
    _begin(request, actor, CHECK, asked.model_copy(update={"wishes": {**asked.wishes, **wishes}}))
    return redirect("own_data")


@require_POST
@page
def bring(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All of it, or nothing."""
    _begin(request, actor, BRING, OwnData.model_validate_json(_checked(actor).request))
    return redirect("own_data")


@require_GET
@page
def own_file(request: HttpRequest, actor: Actor, which: str) -> HttpResponseBase:
    """The template, a filled example, or what was brought with its faults marked; in the reader's language."""
    actor.must(BRING_IN)
    lang: Language = "en" if language() == "en" else "zh"
    name = CALLED[which].say(language()) if which in CALLED else ""
    if which == "marked":
        told = report(actor, _last(actor), lang)
        if not told.marked:
            raise Http404
        return served(actor.company.pk, told.marked, name, WORKBOOK)
    if not name:
        raise Http404
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "huoku.xlsx"
        if which == "template":
            template(place, lang=lang)
        else:
            write_workbook(demo(), place, lang=lang)
        data = place.read_bytes()
    return _as_file(data, name)


def _as_file(data: bytes, name: str) -> FileResponse:
    return FileResponse(io.BytesIO(data), as_attachment=True, filename=name, content_type=WORKBOOK)


def _begin(request: HttpRequest, actor: Actor, kind: str, asked: OwnData) -> None:
    about = {"kind": kind, "request": asked.model_dump_json()}
    done(request, actor, replace(begin_job, right=BRING_IN), about, kind)


def _last(actor: Actor) -> Job | None:
    """What was asked for last, by whomever."""
    return rows_for(actor, Job).filter(kind__in=(CHECK, BRING)).order_by("-pk").first()


def _checked(actor: Actor) -> Job:
    """The last look that has ended. Raises NotAllowed, Http404."""
    actor.must(BRING_IN)
    job = rows_for(actor, Job).filter(kind=CHECK, state=Job.State.DONE).order_by("-pk").first()
    if job is None:
        raise Http404
    return job


urlpatterns = [
    path("own", own_data, name="own_data"),
    path("own/files", bring_files, name="own_data_files"),
    path("own/again", look_again, name="own_data_again"),
    path("own/bring", bring, name="own_data_bring"),
    path("own/<slug:which>", own_file, name="own_data_file"),
]
