"""What is asked about people and their sessions across companies."""

from allauth.usersessions.models import UserSession

from huoku.server.platform.models import Membership, User
from huoku.server.platform.roles import Role
from huoku.server.platform.scope import EVERY_COMPANY, entered


def is_elsewhere(user: User, company_id: int) -> bool:
    """Whether the user has a part in another company too."""
    with entered(EVERY_COMPANY):
        return Membership.objects.of_every_company().filter(user=user).exclude(company_id=company_id).exists()


def is_owner(user: User, company_id: int) -> bool:
    return Membership.objects.of(company_id).filter(user=user, role=Role.OWNER).exists()


def end_sessions(user: User) -> int:
    """Sign the user out everywhere; returns of how many sessions."""
    sessions = list(UserSession.objects.filter(user=user))
    for session in sessions:
        session.end()
    return len(sessions)


def session_of(pk: int) -> UserSession | None:
    """One sign-in of somebody; None where it has ended."""
    found: UserSession | None = UserSession.objects.filter(pk=pk).select_related("user").first()
    return found
