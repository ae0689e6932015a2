"""The ways out of a shortage, compared."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from huoku.server.items.models import Item
from huoku.server.platform.scope import Scoped
from huoku.server.shortages.models.cases import ShortageCase


class Way(Scoped):
    """One way out: the day on which the line goes on by it, and what it costs. The best is the first.

    ``late_minor`` is what lateness costs all who are hit, those included whom this way harms. Costs that nobody can
    tell are empty, and such ways come last.
    """

    at_site = ("case__site_id",)

    class Kind(models.TextChoices):
        STOCK = "stock", _("Other places and lots")
        LEFT_AT_WORK = "left_at_work", _("Left over at finished work")
        TRANSFER = "transfer", _("From another site")
        SUBSTITUTE = "substitute", _("Substitute")
        NEAR_MATCH = "near_match", _("Something alike")
        TAKE_OVER = "take_over", _("From a less urgent order")
        WAIT = "wait", _("Wait for what is on order")
        EXPEDITE = "expedite", _("Hurry what is on order")
        BUY = "buy", _("Buy")
        MAKE = "make", _("Make")
        BUILD_PART = "build_part", _("Build a part first")
        RESEQUENCE = "resequence", _("Build another order first")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        CHOSEN = "chosen", _("Chosen")

    case = models.ForeignKey(ShortageCase, models.PROTECT, related_name="ways")
    rank = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", help_text="What is used: a substitute, or itself.")
    qty_steps = models.BigIntegerField(help_text="Of that item.")
    is_whole = models.BooleanField(help_text="It covers all that is missing.")
    ready_on = models.DateField(null=True)
    excess_steps = models.BigIntegerField(default=0, help_text="What has to be bought beyond the need.")
    spend_minor = models.BigIntegerField(
        null=True, help_text="What it costs more than the plan; less than nothing: it saves."
    )
    late_minor = models.BigIntegerField(null=True)
    cost_minor = models.BigIntegerField(null=True, help_text="Both together; by it they are ranked.")
    text_zh = models.CharField(max_length=400)
    text_en = models.CharField(max_length=400)
    facts = models.JSONField(default=dict, help_text="What doing it needs to know.")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(qty_steps__gt=0), name="shortage_way_quantity")]
