"""I13 of worth: each valuation that was kept comes out the same when the movements are replayed."""

from huoku.language import Sentence
from huoku.server.ledger.doctor.finding import Finding
from huoku.server.ledger.models import Valuation
from huoku.server.ledger.queries.valuation import VERSION, quantities_digest, value_stock

DIFFERS = Sentence(
    "{until} 的库存估值（{method}）重算后不一致。",
    "The valuation of {until} ({method}) comes out differently when repeated.",
)


def valuations_can_be_repeated(company_id: int) -> list[Finding]:
    """Those that today's reckoning made; what provisions said then is not repeated."""
    found = []
    for kept in Valuation.objects.of(company_id).filter(version=VERSION).order_by("-pk")[:12]:
        again = value_stock(company_id, kept.method, kept.until, kept.recorded_at)
        if quantities_digest(again) != bytes(kept.digest):
            found.append(Finding("I13", DIFFERS, {"until": kept.until.isoformat(), "method": kept.method}))
    return found
