"""Days of the company."""

from datetime import date

from django.db import models

from huoku.server.platform import clock
from huoku.server.platform.models import Company


def today_of(company: int | models.Model) -> date:
    """The company's day."""
    found = company if isinstance(company, Company) else Company.objects.get(pk=getattr(company, "pk", company))
    return clock.business_day(found, clock.page_time())
