"""The trail of a shortage: alert, plan, purchase, receipt, and the line goes on (闭环)."""

from huoku.language import Sentence
from huoku.server.documents.papers import with_numbers
from huoku.server.platform.command import At
from huoku.server.shortages.models import ShortageCase, TrailStep


def note(at: At, case: ShortageCase, kind: str, words: Sentence, document: str = "", **values: object) -> None:
    """Write down what happened."""
    at.insert(
        TrailStep,
        case_id=case.pk,
        kind=kind,
        document=document,
        text_zh=with_numbers(at.company_id, words.say("zh", **values))[:400],
        text_en=with_numbers(at.company_id, words.say("en", **values))[:400],
        recorded_at=at.now,
    )
