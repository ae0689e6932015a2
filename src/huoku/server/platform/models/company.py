"""Whose data it is: the company, and the places where it works."""

from django.db import models

from huoku.server.platform.scope import Scoped


class Company(models.Model):
    """A legal entity that plans and keeps stock of its own. Companies never see each other's rows."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    currency = models.CharField(max_length=3, default="CNY")
    timezone = models.CharField(max_length=60, default="Asia/Shanghai")
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False, help_text="Made to be tried out; its owner can put it away whole.")

    def __str__(self) -> str:
        return self.code


class Site(Scoped):
    """A plant or warehouse of a company: what a role may be limited to."""

    at_site = ("id",)

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint("company", "code", name="site_code")]

    def __str__(self) -> str:
        return self.code
