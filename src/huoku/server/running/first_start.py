"""The first start: a demo company to try things out, beside one's own, and the button that puts it away again."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST
from django_tasks import task

from huoku.errors import HuokuError
from huoku.examples import demo
from huoku.language import Language, Sentence
from huoku.server.documents.commands.tasks import TellFailure, tell_failure
from huoku.server.look.speaking import language
from huoku.server.office.frame import page, shown
from huoku.server.platform.actor import Actor, actor_of, the_system
from huoku.server.platform.command import perform
from huoku.server.platform.commands.companies import EndDemo, end_demo, found_company
from huoku.server.platform.doors import choose_company, companies_of
from huoku.server.platform.models import Company, User
from huoku.server.platform.refusals import Refused
from huoku.server.platform.rights import END_DEMO
from huoku.server.platform.roles import Role
from huoku.server.platform.scope import entered
from huoku.server.running.demo import COMPANY
from huoku.server.running.past import fill as live_in

NAME = "活库演示厂 huoku demo works"
ENDED = Sentence("演示公司已清除。现在是您自己的公司。", "The demo company is gone. This is your own company.")
FAILED = Sentence(
    "演示工厂没有搬进来：{fault} 请清除这个演示公司，再试一次。",
    "The demo factory could not move in: {fault} Put this demo company away and try again.",
)


@require_POST
@page
def begin_demo(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A demo company beside one's own, which is filled by a job; one that is there already is entered again."""
    actor.must(END_DEMO)
    assert isinstance(actor.user, User)
    there = next((each for each in companies_of(actor.user) if each.is_demo), None)
    if there is None:
        there = found_company(_free_code(), NAME, actor.user, is_demo=True)
        fill.enqueue(there.pk, actor.user.pk)
    choose_company(request, there.code)
    return redirect("office_home")


@page
def leave_demo(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Asks whether it is meant, and what one's own company is to be called where there is none; then puts it away."""
    actor.must(END_DEMO)
    assert isinstance(actor.user, User)
    own = [each for each in companies_of(actor.user) if not each.is_demo]
    code, name = (request.POST.get(field, "").strip() for field in ("own_code", "own_name"))
    is_named = bool(own or (code and name and not Company.objects.filter(code=code).exists()))
    if request.method != "POST" or not is_named:
        facts = {"own": own, "is_wrong": request.method == "POST", "asked": request.POST}
        return shown(request, actor, "office/leave_demo.html", facts, status=422 if request.method == "POST" else 200)
    asked = EndDemo(code=request.POST.get("code", "").strip())
    perform(end_demo, asked, actor=actor, key=f"page:{uuid4().hex}")
    company = own[0] if own else found_company(code[:40], name[:200], actor.user)
    choose_company(request, company.code)
    messages.success(request, ENDED.say(language()))
    return redirect("office_home")


@task()
def fill(company_id: int, user_id: int) -> None:
    """The job: the demo factory after two weeks of work, planned as of today. Where it fails, whoever asked is told."""
    company, user = Company.objects.get(pk=company_id), User.objects.get(pk=user_id)
    try:
        _filled(company, user)
    except Exception as fault:
        zh, en = (FAILED.say(lang, fault=_in_words(fault, lang))[:1000] for lang in ("zh", "en"))
        told = TellFailure(person=user.pk, text_zh=zh, text_en=en)
        with entered(company):
            perform(tell_failure, told, actor=the_system(company), key=f"demo:{uuid4().hex}")
        raise


def _in_words(fault: Exception, lang: Language) -> str:
    if isinstance(fault, Refused):
        return fault.say(lang)
    return str(fault) if isinstance(fault, HuokuError) else f"{type(fault).__name__}: {fault}"


def _filled(company: Company, user: User) -> None:
    with entered(company):
        owner = actor_of(user, company)
    assert owner is not None
    live_in(company, dict.fromkeys(Role, owner), demo())


def _free_code() -> str:
    """``DEMO``, or the next one that no company has: those put away keep theirs."""
    taken = set(Company.objects.filter(code__startswith=COMPANY).values_list("code", flat=True))
    codes = (COMPANY, *(f"{COMPANY}-{number}" for number in range(2, len(taken) + 3)))
    return next(code for code in codes if code not in taken)


urlpatterns = [
    path("demo", begin_demo, name="start_demo"),
    path("demo/end", leave_demo, name="leave_demo"),
]
