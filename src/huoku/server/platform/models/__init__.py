"""The tables of the platform, one idea a file."""

from huoku.server.platform.models.approvals import Approval, ApprovalLimit, SecondCheck
from huoku.server.platform.models.company import Company, Site
from huoku.server.platform.models.invitations import Invitation
from huoku.server.platform.models.jobs import Heard, Remembered, Schedule
from huoku.server.platform.models.long_jobs import Job
from huoku.server.platform.models.people import Membership, MembershipSite, User
from huoku.server.platform.models.record import AuditEntry, CommandRecord, Event, Stream
from huoku.server.platform.models.seals import Seal
from huoku.server.platform.models.subject import AuditSubject
from huoku.server.platform.models.tokens import ApiToken
from huoku.server.platform.models.training import Course, ExamTaken, Question

__all__ = [
    "ApiToken",
    "Approval",
    "ApprovalLimit",
    "AuditEntry",
    "AuditSubject",
    "CommandRecord",
    "Company",
    "Course",
    "Event",
    "ExamTaken",
    "Heard",
    "Invitation",
    "Job",
    "Membership",
    "MembershipSite",
    "Question",
    "Remembered",
    "Schedule",
    "Seal",
    "SecondCheck",
    "Site",
    "Stream",
    "User",
]
