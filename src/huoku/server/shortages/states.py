"""The course of a shortage."""

from huoku.language import Sentence
from huoku.server.documents.course import Step, declare
from huoku.server.shortages.models import ShortageCase

FOUND, VERIFIED, ACTING, SOLVED, CLOSED = "found", "verified", "acting", "solved", "closed"
OPEN = (FOUND, VERIFIED, ACTING)

declare(
    ShortageCase,
    {
        FOUND: Sentence("已发现", "found"),
        VERIFIED: Sentence("已核实", "verified"),
        ACTING: Sentence("处理中", "being dealt with"),
        SOLVED: Sentence("已解决", "solved"),
        CLOSED: Sentence("已关闭", "closed"),
    },
    (CLOSED,),
    Step("shortages.verify_case", Sentence("核对账实", "verify the books"), OPEN, (VERIFIED,), is_main=True),
    # A day that slips brings a case that was being dealt with, or solved, before people again.
    Step("shortages.review_case", Sentence("看现状", "look again"), (*OPEN, SOLVED), (*OPEN, SOLVED)),
    Step("shortages.choose_way", Sentence("选办法", "choose a way out"), OPEN, (ACTING,)),
    Step("shortages.solve_case", Sentence("不再缺料", "no longer short"), OPEN, (SOLVED,)),
    Step("shortages.close_case", Sentence("关闭并归因", "close with the cause"), (SOLVED,), (CLOSED,), is_main=True),
)
