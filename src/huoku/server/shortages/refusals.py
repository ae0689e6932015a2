"""What shortages answer when they will not do what was asked."""

from huoku.language import Sentence
from huoku.server.platform.refusals import Refused


class NotItsComponent(Refused):
    code = "not_its_component"
    words = Sentence("{number} 不再需要 {value}。", "{number} does not need {value} any more.")


class NothingMissing(Refused):
    code, status, is_kept = "nothing_missing", 409, False
    words = Sentence("{number} 的 {value} 不缺。", "{number} lacks nothing of {value}.")


class VerifyFirst(Refused):
    code, status, is_kept = "verify_first", 409, False
    words = Sentence(
        "{value} 是拣料时发现的：先到库位核对账实，再选办法。",
        "{value} was found while picking: count the place first, then choose a way out.",
    )


class PlaceNeeded(Refused):
    code = "place_needed"
    words = Sentence("请填写在哪个库位核对。", "Say which place was counted.")


class StillMissing(Refused):
    code, status, is_kept = "still_missing", 409, False
    words = Sentence(
        "{number} 还缺 {value}；不再需要的话，请写明原因。", "{number} still lacks {value}; say why it is over."
    )


class WayGone(Refused):
    code, status, is_kept = "way_gone", 409, False
    words = Sentence(
        "这个办法已经不成立，请先看现状再选。",
        "This way out is not open any more: review the shortage and choose again.",
    )


class CannotJoin(Refused):
    code, is_kept = "cannot_join", False
    words = Sentence(
        "这几项不能一起选：先做一部分、先做别的单要单独选；等在途和催货是同一批货。",
        "These cannot be chosen together: building a part, or another order first, stands alone; waiting for a "
        "delivery and hurrying it is one delivery.",
    )


class NotNeeded(Refused):
    code, status, is_kept = "not_needed", 409, False
    words = Sentence(
        "排在前面的已经补够，用不上这一项，请去掉：{zh}", "Those before it cover everything; leave this one out: {en}"
    )
