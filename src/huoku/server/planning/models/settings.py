"""The horizon and the rates by which a company plans."""

from django.db import models

from huoku.language import Sentence
from huoku.server.platform.kept import Kept


class PlanningSettings(Kept):
    """One row; names and meanings are those of the factory folder."""

    noun = Sentence("计划参数", "planning settings")

    class Mixing(models.TextChoices):
        PIECE = "piece", "piece"
        LOT = "lot", "lot"

    class FutureUse(models.TextChoices):
        OUTLOOK = "outlook", "outlook"
        NONE = "none", "none"

    class Stage(models.TextChoices):
        ANY = "any", "any"
        STARTUP = "startup", "startup"
        GROWTH = "growth", "growth"
        EXPANSION = "expansion", "expansion"

    horizon_days = models.PositiveIntegerField(default=365)
    holding_rate_millionths = models.BigIntegerField(default=200_000)
    salvage_rate_millionths = models.BigIntegerField(default=100_000)
    late_rate_millionths = models.BigIntegerField(default=10_000)
    partial_shipments = models.BooleanField(default=False)
    frozen_days = models.PositiveIntegerField(default=0)
    change_rate_millionths = models.BigIntegerField(default=5_000)
    change_days = models.PositiveIntegerField(default=30)
    substitute_mixing = models.CharField(max_length=10, choices=Mixing, default=Mixing.PIECE)
    future_use = models.CharField(max_length=10, choices=FutureUse, default=FutureUse.OUTLOOK)
    risk_limit_minor = models.BigIntegerField(null=True)
    excess_limit_millionths = models.BigIntegerField(null=True, help_text="Where empty that of the stage.")
    company_stage = models.CharField(max_length=10, choices=Stage, default=Stage.ANY)
    dead_warn_millionths = models.BigIntegerField(null=True, help_text="Where empty that of the stage.")
    dead_alarm_millionths = models.BigIntegerField(null=True, help_text="Where empty that of the stage.")
    replans_by_itself = models.BooleanField(
        default=True, help_text="When orders, stock or supply change; else each night and when somebody asks."
    )

    class Meta:
        constraints = [models.UniqueConstraint("company", name="planning_settings_once")]
