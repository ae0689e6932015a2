"""What was called off a contract."""

from django.db import models

from huoku.language import Sentence
from huoku.server.planning.models.trade import Forecast
from huoku.server.platform.kept import Kept
from huoku.server.sales.models import SalesOrder


class ContractCall(Kept):
    """An order by which a customer calls on a contract. So much as it orders of the contract's item is called."""

    noun = Sentence("合同要货", "call-off")
    at_site = ("order__site_id",)

    contract = models.ForeignKey(Forecast, models.PROTECT, related_name="calls")
    order = models.ForeignKey(SalesOrder, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("order", "contract", name="contract_called_once_by_order")]
