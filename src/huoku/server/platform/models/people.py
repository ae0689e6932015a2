"""Who works here, and as what."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from huoku.server.platform.models.company import Company, Site
from huoku.server.platform.roles import Role
from huoku.server.platform.scope import Scoped


class User(AbstractUser):
    """A person or a program that signs in. What it may do, its memberships say, company by company."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=10, blank=True)

    def __str__(self) -> str:
        return self.username


class Membership(Scoped):
    """A user's role in a company: at all its sites, or at those named in ``sites``."""

    company = models.ForeignKey(Company, models.PROTECT, related_name="memberships")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    partner = models.BigIntegerField(null=True, help_text="The supplier or customer that an outside user speaks for.")

    class Meta:
        constraints = [models.UniqueConstraint("company", "user", "role", name="membership_once")]


class MembershipSite(Scoped):
    """One site that a membership is limited to."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="sites")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("membership", "site", name="membership_site_once")]
