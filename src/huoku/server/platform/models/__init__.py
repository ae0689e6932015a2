"""The tables of the platform, one idea a file."""

from huoku.server.platform.models.company import Company, Site
from huoku.server.platform.models.people import Membership, MembershipSite, User
from huoku.server.platform.models.record import AuditEntry, CommandRecord, Event, Stream

__all__ = [
    "AuditEntry",
    "CommandRecord",
    "Company",
    "Event",
    "Membership",
    "MembershipSite",
    "Site",
    "Stream",
    "User",
]
