"""Numbers of documents: one range for each kind and year."""

from django.db import models
from django.db.models import Q

from huoku.language import Sentence
from huoku.server.platform.kept import Kept


class NumberRange(Kept):
    """The numbers of one kind of document in one year. Those given stand without gaps: a number is given in the
    transaction that makes its document."""

    noun = Sentence("编号规则", "number range")

    kind = models.CharField(max_length=40, help_text="The kind of document, such as sales.salesorder.")
    year = models.PositiveSmallIntegerField()
    prefix = models.CharField(max_length=20)
    digits = models.PositiveSmallIntegerField(default=5)
    last = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint("company", "kind", "year", name="number_range_once"),
            models.CheckConstraint(condition=Q(last__gte=0, digits__gte=1, digits__lte=12), name="number_range_counts"),
        ]
