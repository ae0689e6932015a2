"""Days of the company."""

from datetime import date, timedelta

from django.db import models

from huoku.server.platform import clock
from huoku.server.platform.models import Company


def today_of(company: int | models.Model) -> date:
    """The company's day."""
    found = company if isinstance(company, Company) else Company.objects.get(pk=getattr(company, "pk", company))
    return clock.business_day(found, clock.now())


def days_after(day: date, days: int) -> date:
    """``days`` after a day; the last day that there is, where that lies beyond it."""
    return day + timedelta(days=min(days, (date.max - day).days))
