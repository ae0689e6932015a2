"""What people are called: by their names, and by their logins too where two of a company have the same name."""

from collections import Counter
from collections.abc import Iterable

from huoku.server.platform.models import Membership, User
from huoku.server.platform.once_a_page import remembered


def person_called(user: User | None, company_id: int) -> str:
    """What somebody is called among the people of the company; "" for nobody."""
    return people_called(company_id, [user.username])[user.username] if user else ""


def people_called(company_id: int, logins: Iterable[str]) -> dict[str, str]:
    """By login. Who has left is called by his name still; a login that nobody has is called as it is."""
    wanted = {login for login in logins if login}
    if not wanted:
        return {}
    here = remembered(("people", company_id), lambda: _names_here(company_id))
    gone = sorted(wanted - here.keys())
    names = {**here, **(remembered(("people", *gone), lambda: _names(gone)) if gone else {})}
    times = Counter(names.values())
    return {login: _told(login, names.get(login, ""), times) for login in wanted}


def _told(login: str, name: str, times: Counter[str]) -> str:
    if not name or name == login:
        return login
    return f"{name} ({login})" if times[name] > 1 else name


def _names_here(company_id: int) -> dict[str, str]:
    """The names of everybody with a role in the company, by login."""
    parts = Membership.objects.of(company_id).order_by().distinct()
    return dict(parts.values_list("user__username", "user__name"))


def _names(logins: list[str]) -> dict[str, str]:
    return dict(User.objects.filter(username__in=logins).values_list("username", "name"))
