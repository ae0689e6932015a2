"""People whom a comment names by ``@name``: found in its text, and given a task of their own."""

from collections.abc import Sequence
from dataclasses import dataclass

from huoku.language import Sentence
from huoku.server.documents.about import about, may_read, name_of
from huoku.server.documents.models import Task
from huoku.server.documents.tasks import MENTIONED
from huoku.server.platform.actor import actor_of
from huoku.server.platform.called import person_called
from huoku.server.platform.command import At
from huoku.server.platform.kept import Kept, add, change
from huoku.server.platform.models import Company, Membership, User
from huoku.server.platform.refusals import Refused
from huoku.server.platform.roles import INSIDE, Role

CALLED = Sentence("{by} 在 {name} 里提到您：{text}", "{by} mentioned you at {name}: {text}")
LONGEST = 200
"""Letters of the comment that its task repeats."""


class CannotRead(Refused):
    code, status, is_kept = "cannot_read", 409, False
    words = Sentence(
        "{value} 看不到 {name}，不能在这里提到。", "{value} may not read {name} and cannot be called here."
    )


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the company's own people. ``username`` is what stands behind the @."""

    id: int
    username: str
    name: str
    roles: tuple[Role, ...]


def colleagues(company: Company) -> Sequence[Colleague]:
    """Who can be mentioned, by name."""
    parts = Membership.objects.of(company).filter(role__in=INSIDE, user__is_active=True).order_by("user", "role")
    found: dict[int, Colleague] = {}
    for user, username, name, role in parts.values_list("user", "user__username", "user__name", "role"):
        before = found[user].roles if user in found else ()
        found[user] = Colleague(user, username, name or username, (*before, Role(role)))
    return sorted(found.values(), key=lambda each: (each.name, each.username))


def mentioned(text: str, everybody: Sequence[Colleague]) -> list[Colleague]:
    """Whom the text names: after each @ the longest user name, or name, that stands there. Once each, in order."""
    called = [(word, each) for each in everybody for word in (each.username, each.name)]
    called.sort(key=lambda pair: -len(pair[0]))
    found: dict[int, Colleague] = {}
    for place in (place for place, letter in enumerate(text) if letter == "@"):
        rest = text[place + 1 :]
        named = next((each for word, each in called if _stands(word, rest)), None)
        if named:
            found.setdefault(named.id, named)
    return list(found.values())


def _stands(word: str, rest: str) -> bool:
    """Does the rest begin with the word, and does the word end there? Chinese goes on without a space."""
    if not rest.casefold().startswith(word.casefold()):
        return False
    last, following = word[-1:], rest[len(word) : len(word) + 1]
    return not (last.isascii() and last.isalnum() and following.isascii() and (following.isalnum() or following == "_"))


def call(at: At, row: Kept, text: str) -> list[str]:
    """Leave a task to everybody whom the text names, but for its writer; their user names. Raises CannotRead."""
    by = at.actor.user
    named = [each for each in mentioned(text, colleagues(at.actor.company)) if by is None or each.id != by.pk]
    users = User.objects.in_bulk([each.id for each in named])
    for each in named:
        reader = actor_of(users[each.id], at.actor.company)
        if reader is None or not may_read(reader, row):
            raise CannotRead(field="text", value=each.username, name=name_of(row))
        _leave(at, row, each, text)
    return [each.username for each in named]


def _leave(at: At, row: Kept, to: Colleague, text: str) -> None:
    """A new mention of the same row takes the place of one that is still open."""
    of_row = Task.objects.of(at.company_id).filter(what=row._meta.label_lower, row=row.pk, kind=MENTIONED)
    for task in of_row.filter(person=to.id, state=Task.State.OPEN):
        change(at, task, {"state": Task.State.DROPPED, "ended_at": at.now})
    by = person_called(at.actor.user, at.company_id) or "huoku"
    words = {"by": by, "name": name_of(row), "text": text[:LONGEST]}
    facts = {name: value for name, value in about(at, row).items() if name != "made_by"}
    told = {f"text_{lang}": CALLED.say(lang, **words)[:1000] for lang in ("zh", "en")}
    add(at, Task(kind=MENTIONED, role=to.roles[0], person_id=to.id, **facts, **told))
