"""What production answers when it will not do what was asked."""

from huoku.language import Sentence
from huoku.server.platform.refusals import Refused


class WrongPlace(Refused):
    code = "wrong_place"
    words = Sentence("{value} 不能用作这里的地点，应为：{wanted}。", "{value} cannot serve here; wanted is: {wanted}.")


class NotMade(Refused):
    code = "not_made"
    words = Sentence("{value} 是外购件或虚拟件，不能下生产工单。", "{value} is bought or a phantom; it is not made.")


class BelowReported(Refused):
    code = "below_reported"
    words = Sentence("已经报工 {reported}，数量不能改成 {value}。", "{reported} are reported already; not {value}.")


class DayIsPast(Refused):
    code = "day_is_past"
    words = Sentence("{value} 已经过去，请排到今天或以后。", "{value} is past; put it on today or a later day.")


class AfterItsDay(Refused):
    code = "after_its_day"
    words = Sentence(
        "{number} 应在 {due} 完工，工序不能排到 {value}；要晚做，请先改工单的完工日期。",
        "{number} is due on {due}, so its work cannot begin on {value}; change the order's due day first.",
    )


class IsBackflushed(Refused):
    code = "is_backflushed"
    words = Sentence(
        "{item} 在报工时自动扣料，不用领料。", "{item} is taken by itself when work is reported; it is not issued."
    )


class NothingToPick(Refused):
    code, status, is_kept = "nothing_to_pick", 409, False
    words = Sentence(
        "没有可拣的料：需要的要么已经发出、在别的拣料单上，要么还没有预留到库存。",
        "There is nothing to pick: what is needed is issued, on another list, or not reserved in stock yet.",
    )


class DifferentSites(Refused):
    code = "different_sites"
    words = Sentence("一张拣料单只能属于一个厂区：{value}。", "One walk is at one site: {value}.")


class LineEnded(Refused):
    code, status = "line_ended", 409
    words = Sentence("第 {value} 行已经了结。", "Line {value} has ended.")


class NothingTaken(Refused):
    code, status = "nothing_taken", 409
    words = Sentence("第 {value} 行没有拣到的料可退回。", "Nothing was taken for line {value} that could be put back.")


class KitIncomplete(Refused):
    code, status, is_kept = "kit_incomplete", 409, False
    words = Sentence("{number} 还没配齐：{missing}。", "{number} is not complete yet: {missing}.")


class NothingReported(Refused):
    code = "nothing_reported"
    words = Sentence("请填写良品数或报废数。", "Say how many are good or scrap.")


class MoreThanPossible(Refused):
    code, status, is_kept = "more_than_possible", 409, False
    words = Sentence(
        "{number} 最多还能报 {possible}，不能报 {value}：前面只交来这么多。",
        "At most {possible} more can be reported of {number}, not {value}: no more came to it.",
    )


class MaterialMissing(Refused):
    """The pieces cannot have been made from what is booked: the book is to be set right first."""

    code, status, is_kept = "material_missing", 409, False
    words = Sentence(
        "{item} 需要 {value}，工单上只有 {there}；请先补记发料。",
        "{value} of {item} went into it, but only {there} are at the work: issue the rest first.",
    )


class SerialsNeeded(Refused):
    code = "serials_needed"
    words = Sentence(
        "{item} 按序列号管理，{value} 件要给出 {value} 个不同的序列号。",
        "{item} is kept by serial number: name {value} different ones.",
    )


class RiskNeeded(Refused):
    code = "risk_needed"
    words = Sentence(
        "替代关系里没有 {value}：请写明用它的风险，由工程师批准。",
        "{value} is no listed substitute: write down the risk, for an engineer to approve.",
    )


class SubstituteOfSubstitute(Refused):
    code = "substitute_of_substitute"
    words = Sentence("第 {value} 行本身就是替代料。", "Line {value} is itself a substitute.")


class WorkInProgressLeft(Refused):
    code, status, is_kept = "work_in_progress_left", 409, False
    words = Sentence(
        "{number} 的在制里还有料：{left}。请退料，或写明为什么留下。",
        "Materials of {number} still lie at the work: {left}. Return them, or say why they stay.",
    )


class InLockPeriod(Refused):
    code, status, is_kept = "in_lock_period", 409, False
    words = Sentence(
        "{number} 是为订单 {value} 做的，该订单在锁定期内（到 {until}）：核实库存之前不下达。可先解除锁定。",
        "{number} is made for order {value}, which is in its lock period until {until}: nothing is released before its "
        "stock is verified. End the lock period first.",
    )
