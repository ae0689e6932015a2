"""How people and robots are told: one's own wish, an administrator's word that an address is right, robots."""

from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, StringConstraints

from huoku.language import Sentence
from huoku.server.notices.channels import HOSTS
from huoku.server.notices.models import Receiver
from huoku.server.notices.posting import is_allowed
from huoku.server.notices.rights import MANAGE, OWN
from huoku.server.notices.sealing import SealedAddress, SealedMail, SealedSecret, mail_shown, unseal, web_shown
from huoku.server.notices.telling import enter_anew
from huoku.server.platform.command import At, command
from huoku.server.platform.kept import add, change, must_be_new, opened, rows_for
from huoku.server.platform.refusals import NotAllowed, Refused
from huoku.server.platform.requests import PRINTED, Asked, Code, Opened
from huoku.server.platform.roles import INSIDE, Role
from huoku.server.platform.sites import site_named
from huoku.server.platform.tables.table import TABLES

Hour = Annotated[int, Field(ge=0, le=23)]
RobotName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80, pattern=PRINTED)]
Tongue = Literal["zh-hans", "zh-hant", "en"]
Urgency = Receiver.Urgency


class QuietTogether(Refused):
    code = "quiet_together"
    words = Sentence(
        "免打扰要同时填开始和结束的钟点，而且不能相同：{value}。",
        "Quiet hours want a beginning and an end that differ: {value}.",
    )


class NotThatHouse(Refused):
    code = "not_that_house"
    words = Sentence(
        "{channel} 机器人的地址应在 {hosts}，这里是 {value}。自建的服务请运维人员写进 notice_hosts。",
        "A robot of {channel} lives at {hosts}, not at {value}. The operator allows others in notice_hosts.",
    )


class SecretWanted(Refused):
    code = "secret_wanted"
    words = Sentence("Webhook 一定要有签名密钥。", "A webhook needs a secret to sign with.")


class NoSuchRole(Refused):
    code = "no_such_role"
    words = Sentence("不能替 {value} 接收通知，可以是：{known}。", "{value} is not told by robots; {known} are.")


class NoSuchKind(Refused):
    code = "no_such_kind"
    words = Sentence("没有 {value} 这类单据。", "There is no kind of row {value}.")


class OfAPerson(Refused):
    code, status, is_kept = "of_a_person", 409, False
    words = Sentence("这是个人的通知，由本人设置。", "This is a person's own; he sets it himself.")


class OfARobot(Refused):
    code, status, is_kept = "of_a_robot", 409, False
    words = Sentence("机器人的地址不用确认。", "A robot's address needs no confirming.")


class Wished(Asked):
    """What is told, and when. Hours by the clock of the company's place. Of a change: what is not said stays."""

    urgency: Urgency = Field(default=Urgency.ALL, description="All, due within a week, or due tomorrow.")
    about: list[Code] = Field(
        default=[], max_length=40, description="Kinds of row, such as sales.salesorder; all where empty."
    )
    hour: Hour | None = Field(default=None, description="Gathered until this hour; at once where empty.")
    quiet_from: Hour | None = Field(default=None, description="From this hour on nothing is sent.")
    quiet_until: Hour | None = Field(default=None, description="Until this hour nothing is sent.")


class KeepWish(Wished):
    email: SealedMail | None = Field(default=None, description="As it was where empty; a blank one is forgotten.")
    is_active: bool = True


class AddRobot(Wished):
    name: RobotName
    channel: Literal["wecom", "dingtalk", "feishu", "webhook"]
    address: Annotated[SealedAddress, Field(min_length=1)]
    secret: SealedSecret = Field(default="", description="What messages are signed with.")
    roles: list[Role] = Field(min_length=1, max_length=20, description="Whose tasks it tells.")
    site: Code | None = Field(default=None, description="This site's tasks alone; all where empty.")
    language: Tongue = "zh-hans"


class ChangeRobot(Wished, Opened):
    """Nobody is shown what the address and the secret are; a blank secret takes it away."""

    name: RobotName | None = None
    address: SealedAddress | None = None
    secret: SealedSecret | None = None
    roles: list[Role] | None = Field(default=None, min_length=1, max_length=20)
    site: Code | None = None
    language: Tongue | None = None
    is_active: bool | None = None


@command(right=OWN)
def keep_wish(at: At, request: KeepWish) -> dict[str, object]:
    """How one is told oneself. Another address waits until an administrator has confirmed it. Raises QuietTogether,
    NoSuchKind."""
    if at.actor.user is None:
        raise NotAllowed(right=OWN)
    mine = rows_for(at.actor, Receiver).select_for_update(of=("self",)).filter(user=at.actor.user)
    receiver = mine.first() or Receiver(channel=Receiver.Channel.MAIL, user=at.actor.user, since=at.now)
    values = _wished(request, receiver) | _said(request, receiver, "is_active")
    if request.email is not None and request.email != receiver.address:
        by = at.actor.user.pk if request.email and at.actor.may(MANAGE) else None
        confirmed = {"confirmed_at": by and at.now, "confirmed_by_id": by}
        values |= {"address": request.email, "shown": mail_shown(unseal(request.email)), **confirmed}
    return _kept(at, receiver, values)


@command(right=MANAGE)
def confirm_address(at: At, request: Opened) -> dict[str, object]:
    """Whose address it is said to be, his it is: he is told from now on. Raises NotFound, Stale, OfARobot."""
    receiver = opened(at, Receiver, request.id, request.version)
    if receiver.user is None:
        raise OfARobot(field="id", value=receiver.pk)
    by = at.actor.user.pk if at.actor.user else None
    return _kept(at, receiver, {"confirmed_at": at.now, "confirmed_by_id": by})


@command(right=MANAGE)
def add_robot(at: At, request: AddRobot) -> dict[str, object]:
    """The robot of a chat group, or a program, that tells the tasks of these roles. Raises NotThatHouse, SecretWanted,
    NoSuchRole, NoSuchKind, QuietTogether, Unknown, Taken."""
    return _robot(at, Receiver(channel=request.channel, since=at.now), request)


@command(right=MANAGE)
def change_robot(at: At, request: ChangeRobot) -> dict[str, object]:
    """Another group, other roles, or silence. Raises NotFound, Stale, OfAPerson and what add_robot raises."""
    receiver = opened(at, Receiver, request.id, request.version)
    if receiver.user_id is not None:
        raise OfAPerson(field="id", value=receiver.pk)
    return _robot(at, receiver, request)


def _robot(at: At, robot: Receiver, request: AddRobot | ChangeRobot) -> dict[str, object]:
    values = _wished(request, robot) | _said(request, robot, "name", "language", "is_active")
    if request.roles:
        values["roles"] = sorted({each.value for each in request.roles})
        if outside := [each.value for each in request.roles if each not in INSIDE]:
            raise NoSuchRole(field="roles", value=outside[0], known=", ".join(sorted(INSIDE)))
    if "site" in request.model_fields_set:
        values["site_id"] = site_named(at, request.site)
    if request.address:
        values |= {"address": request.address, "shown": _lives_there(robot, unseal(request.address))}
        same = {"user": None, "address": request.address}
        if request.address != robot.address:
            must_be_new(at, Receiver, "address", values["shown"], **same)
    if request.secret is not None:
        values |= {"secret": request.secret, "keyed_at": at.now if request.secret else None}
    if robot.channel == Receiver.Channel.WEBHOOK and not values.get("secret", robot.secret):
        raise SecretWanted(field="secret")
    return _kept(at, robot, values)


def _lives_there(robot: Receiver, address: str) -> str:
    """What is shown of an address where a robot of its kind may live. Raises NotThatHouse."""
    parts, hosts = urlsplit(address), HOSTS.get(robot.channel, frozenset())
    if hosts and (parts.hostname not in hosts or parts.scheme != "https") and not is_allowed(parts):
        there = f"{parts.scheme}://{parts.hostname}"
        raise NotThatHouse(field="address", value=there, channel=robot.channel, hosts=", ".join(sorted(hosts)))
    return web_shown(address)


def _said(request: Asked, receiver: Receiver, *names: str) -> dict[str, Any]:
    """What the request says; of a receiver that is new, what it says by default too."""
    said = set(names) if receiver._state.adding else request.model_fields_set & set(names)
    return {name: value for name in said if (value := getattr(request, name, None)) is not None}


def _wished(request: Wished, receiver: Receiver) -> dict[str, Any]:
    """Raises NoSuchKind, QuietTogether."""
    values = _said(request, receiver, "urgency", "about")
    hours = request.model_fields_set & {"hour", "quiet_from", "quiet_until"}
    values |= {name: getattr(request, name) for name in hours}
    known = {table.model._meta.label_lower for table in TABLES.values()}
    if unknown := [each for each in request.about if each not in known]:
        raise NoSuchKind(field="about", value=unknown[0])
    begins, ends = (values.get(name, getattr(receiver, name)) for name in ("quiet_from", "quiet_until"))
    if (begins is None) != (ends is None) or (begins is not None and begins == ends):
        raise QuietTogether(field="quiet_until", value=f"{begins} – {ends}")
    return values


def _kept(at: At, receiver: Receiver, values: dict[str, Any]) -> dict[str, object]:
    """Save it, and lay down anew what it is still to be told."""
    before = [getattr(receiver, each) for each in Receiver.derived]
    if receiver._state.adding:
        for name, value in values.items():
            setattr(receiver, name, value)
        answer = add(at, receiver)
    else:
        is_touched = before != [values.get(each, getattr(receiver, each)) for each in Receiver.derived]
        answer = change(at, receiver, values, is_touched=is_touched)
    enter_anew(receiver, at.now)
    return answer
