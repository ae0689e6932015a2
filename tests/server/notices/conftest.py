"""A company with a group of buyers, and on this machine a chat house and a mail server that keep what they are sent."""

import json
import threading
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any

import pytest

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
"""A Monday in Shanghai."""


@dataclass
class House:
    """``answers``: a status and a body for each of the next messages; then all is well."""

    address: str = ""
    came: list[Any] = field(default_factory=list)
    answers: list[tuple[int, bytes, dict[str, str]]] = field(default_factory=list)

    def says(self, status: int, body: object = None, headers: dict[str, str] | None = None, times: int = 1) -> None:
        self.answers += [(status, json.dumps(body).encode(), headers or {})] * times


@dataclass
class Came:
    path: str
    headers: Any
    body: bytes

    @property
    def told(self) -> Any:
        return json.loads(self.body)


@pytest.fixture
def house(settings):
    house = House()

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            house.came.append(Came(self.path, self.headers, body))
            status, answer, headers = house.answers.pop(0) if house.answers else (200, b'{"errcode":0,"code":0}', {})
            self.send_response(status)
            for each in headers.items():
                self.send_header(*each)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_):
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        host = f"127.0.0.1:{server.server_port}"
        house.address = f"http://{host}"
        settings.GIVEN = replace(settings.GIVEN, notice_hosts=(host,), public_address="https://plan.example.cn")
        yield house
        server.shutdown()


@pytest.fixture
def post_office(settings):
    """An SMTP server: it keeps what comes, and refuses whom it is told to."""
    came: list[Any] = []
    refused: dict[str, str] = {}

    class Talking(StreamRequestHandler):
        def say(self, line):
            self.wfile.write(f"{line}\r\n".encode())

        def handle(self):
            self.say("220 here")
            sender, to = "", ""
            while line := self.rfile.readline().decode().strip():
                verb = line.partition(" ")[0].upper()
                if verb == "MAIL":
                    sender = line
                if verb == "RCPT":
                    to = line.partition("<")[2].partition(">")[0]
                    if to in refused:
                        self.say(refused[to])
                        continue
                if verb == "DATA":
                    self.say("354 go on")
                    text = b""
                    while (more := self.rfile.readline()) != b".\r\n":
                        text += more
                    came.append((sender, to, text))
                self.say("221 bye" if verb == "QUIT" else "250 fine")
                if verb == "QUIT":
                    return

    with ThreadingTCPServer(("127.0.0.1", 0), Talking) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.server_address[1]
        settings.EMAIL_USE_TLS = False
        settings.DEFAULT_FROM_EMAIL = "huoku@example.cn"
        settings.GIVEN = replace(settings.GIVEN, mail_host="127.0.0.1")
        came_and_refused = type("PostOffice", (), {"came": came, "refused": refused})
        yield came_and_refused
        server.shutdown()


class Told:
    """The company's day: tasks are left, and the worker looks around at the moments that are told."""

    def __init__(self, company, owner):
        from huoku.server.items.commands.items import add_item

        self.company, self.owner, self.now = company, owner, NOON
        self.keys = count()
        for code in ("BOLT", "NUT"):
            self.say(add_item, code=code)

    def say(self, what, /, actor=None, **fields):
        from huoku.server.platform.clock import telling
        from huoku.server.platform.command import COMMANDS, perform

        what = COMMANDS[what] if isinstance(what, str) else what
        with telling(self.now):
            asked = what.request(**fields)
            return perform(what, asked, actor=actor or self.owner, key=f"t{next(self.keys)}").result()

    def person(self, username, *roles, **about):
        """Somebody who works here, as an actor."""
        from huoku.server.platform.actor import actor_of
        from huoku.server.platform.models import Membership, User

        user = User.objects.create(username=username, **about)
        for role in roles:
            Membership.objects.create(company=self.company, user=user, role=role)
        return actor_of(user, self.company)

    def robot(self, address, channel="wecom", roles=("buyer",), **fields):
        named = {"name": f"group {next(self.keys)}", "channel": channel, "address": address, "roles": list(roles)}
        return self.say("notices.add_robot", **{**named, **fields})["id"]

    def leave(self, words="Buy bolts.", role="buyer", days=0, item="BOLT", kind="buy", **fields):
        """A task of a role about an item, due in so many days."""
        return self.say(leaving(), role=role, words=words, days=days, item=item, kind=kind, **fields)["id"]

    def look(self, later=timedelta()):
        """The worker looks around, so much later."""
        from huoku.server.notices.jobs import send_all
        from huoku.server.platform.clock import telling
        from huoku.server.platform.events import tell_listeners

        self.now += later
        with telling(self.now):
            tell_listeners()
            return send_all()

    def open_tasks(self, kind):
        from huoku.server.documents.models import Task

        return Task.objects.of(self.company).filter(kind=kind, state="open")


def leaving():
    from huoku.language import Sentence
    from huoku.server.documents.models import Task
    from huoku.server.documents.tasks import leave_task
    from huoku.server.items.models import Item
    from huoku.server.platform.audit import StreamName
    from huoku.server.platform.command import Command
    from huoku.server.platform.kept import change
    from huoku.server.platform.requests import Asked
    from huoku.server.platform.roles import Role

    class Leave(Asked):
        role: Role
        words: str
        item: str
        kind: str
        days: int | None = None
        times: int = 1
        site: int | None = None
        fails: bool = False

    def body(at, request):
        item = Item.objects.of(at.company_id).get(code=request.item)
        due_on = None if request.days is None else at.today + timedelta(days=request.days)
        for number in range(request.times):
            told = Sentence(f"请办：{request.words} {number}", f"{request.words} {number}")
            kind = f"{request.kind}{number}"
            task = leave_task(at, item, kind, request.role, told, due_on=due_on and due_on + timedelta(days=number))
            if request.site:
                change(at, task, {"site_id": request.site})
        if request.fails:
            raise RuntimeError("after all")
        return {"id": task.pk, "rows": Task.objects.of(at.company_id).count()}

    return Command("tests.leave", "items.read", Leave, body, lambda _: StreamName("items"))


@pytest.fixture
def told(company, owner):
    from huoku.server.platform.scope import entered

    with entered(company):
        yield Told(company, owner)
