"""How one is told of one's tasks; and for whoever looks after it, the robots of the company's groups."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST
from pydantic import ValidationError

from huoku.language import Sentence
from huoku.server.account.pages.inside import inside
from huoku.server.account.words import said, told
from huoku.server.look.speaking import language
from huoku.server.notices.channels.mail import is_set_up
from huoku.server.notices.commands.outcomes import name_of, send_again, send_test
from huoku.server.notices.commands.wishes import add_robot, change_robot, confirm_address, keep_wish
from huoku.server.notices.faults import said as said_fault
from huoku.server.notices.models import Delivery, Receiver
from huoku.server.notices.rights import MANAGE, OWN
from huoku.server.notices.sealing import Unreadable, unseal
from huoku.server.notices.why import why_told
from huoku.server.notices.words import CHANNELS_CALLED, KINDS, URGENCIES_CALLED
from huoku.server.platform import clock
from huoku.server.platform.actor import Actor
from huoku.server.platform.command import perform
from huoku.server.platform.kept import Kept
from huoku.server.platform.models import Site
from huoku.server.platform.roles import INSIDE, ROLES_CALLED, Role
from huoku.server.platform.tables.table import TABLES

AT_ONCE, NEVER = told(Sentence("马上", "At once")), told(Sentence("不设", "None"))
HOUR, EACH_DAY = Sentence("{hour}", "{hour}"), Sentence("每天 {hour} 汇总一次", "Together each day at {hour}")
ON_ITS_WAY = Sentence("测试马上发出，半分钟后刷新看结果。", "The test is on its way; look again in half a minute.")
KEPT = Sentence("已保存。", "Saved.")
AGAIN = Sentence("马上再发一次。", "It is sent again at once.")
FAULTY = {
    "address": Sentence("请填 https:// 开头的完整地址。", "A full address that begins with https:// is wanted."),
    "secret": Sentence("密钥是 8 到 200 个字母、数字或符号。", "A secret has 8 to 200 letters, digits and signs."),
    "email": Sentence("请填完整的邮箱地址。", "A full mail address is wanted."),
}
UNCHANGED = {
    "address": Sentence("新的机器人地址，不填就不改", "Another address; as it is where empty"),
    "secret": Sentence("新的签名密钥，不填就不改", "Another secret; as it is where empty"),
}
MOST_FAILED = 20


def _hour(words: Sentence, empty: Any, each: Sentence = HOUR) -> forms.TypedChoiceField:
    choices = [("", empty), *((str(hour), told(each, hour=f"{hour:02}:00")) for hour in range(24))]
    return forms.TypedChoiceField(choices=choices, coerce=int, empty_value=None, required=False, label=told(words))


def _kinds() -> list[tuple[str, str]]:
    known = {table.model._meta.label_lower: table.model for table in TABLES.values()}
    nouns = {kind: model.noun for kind in KINDS if (model := known.get(kind)) and issubclass(model, Kept)}
    return [(kind, said(noun)) for kind, noun in nouns.items()]


class WishForm(forms.Form):
    """What is told, and when."""

    urgency = forms.ChoiceField(
        choices=[(value, told(words)) for value, words in URGENCIES_CALLED.items()],
        label=told(Sentence("通知哪些任务", "Which tasks")),
    )
    about = forms.MultipleChoiceField(
        choices=_kinds,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=told(Sentence("只要这些单据的（不选就是全部）", "Of these kinds alone (none chosen: all)")),
    )
    hour = _hour(Sentence("什么时候发", "When"), AT_ONCE, EACH_DAY)
    quiet_from = _hour(Sentence("免打扰，从", "Nothing is sent from"), NEVER)
    quiet_until = _hour(Sentence("免打扰，到", "until"), NEVER)


class OwnForm(WishForm):
    is_active = forms.BooleanField(required=False, label=told(Sentence("用邮件通知我", "Tell me by mail")))
    email = forms.EmailField(required=False, max_length=200, label=told(Sentence("邮箱", "Mail address")))
    field_order = ("is_active", "email")


class RobotForm(WishForm):
    name = forms.CharField(max_length=80, label=told(Sentence("名称，如采购群", "Name, such as the buyers' group")))
    channel = forms.ChoiceField(
        choices=[(value, told(words)) for value, words in CHANNELS_CALLED.items() if value != Receiver.Channel.MAIL],
        label=told(Sentence("哪一种", "Kind")),
    )
    address = forms.CharField(
        max_length=500,
        widget=forms.TextInput(attrs={"type": "url", "autocomplete": "off"}),
        label=told(Sentence("机器人地址（Webhook），保存后不再显示", "Its address (webhook), not shown again")),
    )
    secret = forms.CharField(
        max_length=200,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        label=told(Sentence("签名密钥（加签），保存后不再显示", "Secret to sign with, not shown again")),
    )
    roles = forms.MultipleChoiceField(
        choices=[(role.value, told(ROLES_CALLED[role])) for role in Role if role in INSIDE],
        widget=forms.CheckboxSelectMultiple,
        label=told(Sentence("替哪些岗位接收", "Whose tasks it tells")),
    )
    site = forms.ChoiceField(required=False, label=told(Sentence("只要这个厂区的", "Of this site alone")))
    language = forms.ChoiceField(
        choices=[("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")],
        label=told(Sentence("语言", "Language")),
    )
    field_order = ("name", "channel", "address", "secret", "roles", "site", "language")

    def __init__(self, actor: Actor, given: QueryDict | None = None, robot: Receiver | None = None) -> None:
        """``robot``: the one to change; what it does not say of address and secret stays."""
        super().__init__(given, auto_id="robot_%s", initial=_of_robot(robot))  # one's own form is on the page too
        if robot is not None:
            del self.fields["channel"]
            for name, words in UNCHANGED.items():
                self.fields[name].required, self.fields[name].label = False, said(words)
        field = self.fields["site"]
        assert isinstance(field, forms.ChoiceField)
        sites = Site.objects.of(actor.company).filter(is_active=True).order_by("code")
        field.choices = [("", said(Sentence("全部厂区", "All sites"))), *((each.code, each.name) for each in sites)]


@inside(OWN)
def notices(request: HttpRequest, actor: Actor) -> HttpResponse:
    """One's own wish."""
    mine = Receiver.objects.of(actor.company).filter(user=actor.user).first()
    form = OwnForm(request.POST or None, initial=_initial(mine))
    if request.method == "POST" and form.is_valid() and _carried_out(form, actor, keep_wish, form.cleaned_data):
        messages.success(request, said(KEPT))
        return redirect("account_notices")
    return _shown(request, actor, mine, form, RobotForm(actor))


@require_POST
@inside(MANAGE)
def robots(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A new robot."""
    form = RobotForm(actor, request.POST)
    if form.is_valid():
        asked = dict(form.cleaned_data) | {"site": form.cleaned_data["site"] or None}
        if _carried_out(form, actor, add_robot, asked):
            messages.success(request, said(KEPT))
            return redirect("account_notices")
    mine = Receiver.objects.of(actor.company).filter(user=actor.user).first()
    return _shown(request, actor, mine, OwnForm(initial=_initial(mine)), form)


@inside(MANAGE)
def robot(request: HttpRequest, actor: Actor, receiver_id: int) -> HttpResponse:
    """Another group, other roles, other hours."""
    found = get_object_or_404(Receiver.objects.of(actor.company), pk=receiver_id, user=None)
    form = RobotForm(actor, request.POST or None, robot=found)
    if request.method == "POST" and form.is_valid():
        asked = {name: value for name, value in form.cleaned_data.items() if value or name not in UNCHANGED}
        asked |= {"site": asked["site"] or None, "id": found.pk}
        if _carried_out(form, actor, change_robot, asked):
            messages.success(request, said(KEPT))
            return redirect("account_notices")
    return render(request, "account/robot.html", {"robot": found, "form": form})


@require_POST
@inside(OWN)
def test(request: HttpRequest, actor: Actor, receiver_id: int) -> HttpResponse:
    """A message that says that messages arrive."""
    return _done(request, actor, send_test, ON_ITS_WAY, id=receiver_id)


@require_POST
@inside(MANAGE)
def confirm(request: HttpRequest, actor: Actor, receiver_id: int) -> HttpResponse:
    """The address is this person's."""
    return _done(request, actor, confirm_address, KEPT, id=receiver_id, version=int(request.POST["version"]))


@require_POST
@inside(MANAGE)
def turn(request: HttpRequest, actor: Actor, receiver_id: int) -> HttpResponse:
    """A robot is silent, or speaks again."""
    is_active = request.POST.get("is_active") == "1"
    return _done(request, actor, change_robot, KEPT, id=receiver_id, is_active=is_active)


@require_POST
@inside(MANAGE)
def again(request: HttpRequest, actor: Actor, delivery_id: int) -> HttpResponse:
    """What was given up is tried once more."""
    return _done(request, actor, send_again, AGAIN, id=delivery_id)


def _done(request: HttpRequest, actor: Actor, what: Any, words: Sentence, **asked: Any) -> HttpResponse:
    perform(what, what.request(**asked), actor=actor, key=f"notices:{uuid4().hex}")
    messages.success(request, said(words))
    return redirect("account_notices")


def _carried_out(form: forms.Form, actor: Actor, what: Any, asked: Mapping[str, Any]) -> bool:
    """Whether it was; a field that is no good says so beside it, and never repeats what stood in it."""
    try:
        wanted = what.request(**asked)
    except ValidationError as fault:
        for each in fault.errors():
            name = str(each["loc"][0])
            form.add_error(name if name in form.fields else None, said(FAULTY.get(name, Sentence("？", "?"))))
        return False
    perform(what, wanted, actor=actor, key=f"notices:{uuid4().hex}")
    return True


def _of_robot(robot: Receiver | None) -> dict[str, Any]:
    if robot is None:
        return {}
    names = ("name", "roles", "language", "urgency", "about", "hour", "quiet_from", "quiet_until")
    return {**{name: getattr(robot, name) for name in names}, "site": robot.site.code if robot.site else ""}


def _initial(mine: Receiver | None) -> dict[str, Any]:
    if mine is None:
        return {"is_active": True, "urgency": Receiver.Urgency.SOON}
    names = ("is_active", "urgency", "about", "hour", "quiet_from", "quiet_until")
    return {**{name: getattr(mine, name) for name in names}, "email": _address(mine)}


def _address(receiver: Receiver) -> str:
    try:
        return unseal(receiver.address)
    except Unreadable:
        return ""


def _shown(
    request: HttpRequest, actor: Actor, mine: Receiver | None, form: forms.Form, robot_form: forms.Form
) -> HttpResponse:
    facts: dict[str, Any] = {"mine": mine, "form": form, "mail_is_set_up": is_set_up(), "state": _state(mine)}
    facts["told"] = why_told(actor, mine, facts["mail_is_set_up"], clock.now(), language())
    if actor.may(MANAGE):
        rows = Receiver.objects.of(actor.company).select_related("user").order_by("name", "pk")
        facts |= {
            "people": [(each, _address(each)) for each in rows.exclude(user=None).exclude(address="")],
            "robots": [(each, _channel(each), _roles(each), _state(each)) for each in rows.filter(user=None)],
            "failed": _failed(actor),
            "robot_form": robot_form,
        }
    return render(request, "account/notices.html", facts)


def _channel(receiver: Receiver) -> str:
    return said(CHANNELS_CALLED[receiver.channel])


def _roles(receiver: Receiver) -> list[str]:
    return [said(ROLES_CALLED[role]) for role in receiver.roles]


def _state(receiver: Receiver | None) -> dict[str, Any]:
    """What became of the last message."""
    last = None if receiver is None else receiver.deliveries.order_by("-made_at", "-pk").first()
    if last is None:
        return {}
    return {
        "at": last.tried_at or last.made_at,
        "state": last.state,
        "why": said_fault(last.fault, last.detail, language()),
    }


def _failed(actor: Actor) -> Iterable[tuple[Delivery, str, str]]:
    rows = Delivery.objects.of(actor.company).filter(state=Delivery.State.FAILED, is_test=False)
    rows = rows.select_related("receiver__user").order_by("-made_at")[:MOST_FAILED]
    return [(each, name_of(each.receiver), said_fault(each.fault, each.detail, language())) for each in rows]
