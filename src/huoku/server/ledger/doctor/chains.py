"""I6, I7, I8: the chains are whole and as they were sealed: nothing changed, taken out, put in or written anew."""

from huoku.language import Sentence
from huoku.server.ledger.doctor.finding import Finding
from huoku.server.platform.models import Company
from huoku.server.platform.seals import verify

HOLES, SEALS = ("chain_hole", "chain_end"), ("chain_rewritten", "seal_broken")


def chains_are_whole(company_id: int) -> list[Finding]:
    """What the platform finds when it works every chain and seal out again, under the numbers of the design."""
    return [
        Finding(
            "I7" if each.code in HOLES else "I8" if each.code in SEALS else "I6",
            Sentence("{where}：" + each.words.zh, "{where}: " + each.words.en),
            {"where": each.where},
            (each.stream,) if each.stream else (),
        )
        for each in verify(Company.objects.get(pk=company_id))
    ]
