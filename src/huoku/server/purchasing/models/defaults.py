"""What holds for lines that say nothing else."""

from django.db import models

from huoku.language import Sentence
from huoku.server.platform.kept import Kept


class PurchaseDefaults(Kept):
    """A company's own tolerances for deliveries, and whether receipts are inspected. Without a row: none, no."""

    noun = Sentence("采购默认设置", "defaults of purchasing")

    over_tolerance_millionths = models.BigIntegerField(default=0)
    under_tolerance_millionths = models.BigIntegerField(default=0)
    inspects = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint("company", name="purchase_defaults_once")]
