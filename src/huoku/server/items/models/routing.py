"""How an item is made, on what, and on which days."""

from django.db import models
from django.db.models import Q

from huoku.language import Sentence
from huoku.server.items.models.item import Item
from huoku.server.platform.kept import Kept
from huoku.server.platform.models import Site


class Resource(Kept):
    """A machine, a crew or a line, and how many minutes it works in a day."""

    noun = Sentence("资源", "resource")
    at_site = ("site_id",)

    code = models.CharField(max_length=80)
    name = models.CharField(max_length=200, blank=True)
    name_en = models.CharField(max_length=200, blank=True)
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    minutes_per_day_millionths = models.BigIntegerField()
    cost_per_hour_millionths = models.BigIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint("company", "code", name="resource_code")]

    def __str__(self) -> str:
        return self.code


class Operation(Kept):
    """One step of making an item. An item's operations, by rising ``seq``, are its routing."""

    noun = Sentence("工序", "operation")
    at_site = ("resource__site_id",)

    parent = models.ForeignKey(Item, models.PROTECT, related_name="operations")
    seq = models.PositiveIntegerField()
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="operations")
    name = models.CharField(max_length=200, blank=True)
    setup_minutes_millionths = models.BigIntegerField(default=0, help_text="Once per order.")
    run_minutes_millionths = models.BigIntegerField(default=0, help_text="Per unit.")

    class Meta:
        constraints = [models.UniqueConstraint("parent", "seq", name="operation_seq")]


class CalendarDay(Kept):
    """A day on which the factory, or one resource, works or does not."""

    noun = Sentence("日历日", "calendar day")
    at_site = ("resource__site_id",)

    date = models.DateField()
    is_open = models.BooleanField()
    resource = models.ForeignKey(Resource, models.PROTECT, null=True, related_name="calendar_days")

    class Meta:
        constraints = [
            models.UniqueConstraint("company", "date", condition=Q(resource=None), name="calendar_day_of_factory"),
            models.UniqueConstraint("resource", "date", name="calendar_day_of_resource"),
        ]
