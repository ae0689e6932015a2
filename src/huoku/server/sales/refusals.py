"""What several commands of sales answer when they refuse."""

from huoku.language import Sentence
from huoku.server.platform.refusals import Refused


class NotCovered(Refused):
    """Another call may succeed once it is bought or planned."""

    code, status, is_kept = "not_covered", 409, False
    words = Sentence(
        "物料不齐，订单不能提交：{missing}。采购已得到通知；客户已经下单的，先按“先备料”，料订好以后再确认。",
        "Materials are short, so the order cannot be submitted: {missing}. Purchasing knows; where the customer has "
        "ordered, have it provided for, and confirm it once they are on order.",
    )


class LaterThanAsked(Refused):
    code, status, is_kept = "later_than_asked", 409, False
    words = Sentence(
        "最早 {promised_on} 才能齐料，晚于客户要的 {value}。要按新日期答应，请选“接受更晚的日期”（accepts_later）。",
        "It can be there on {promised_on} at the earliest, later than the {value} that was asked for. To promise that "
        "day, choose to accept it (accepts_later).",
    )


class NeedsDepartments(Refused):
    code, status, is_kept = "needs_departments", 409, False
    words = Sentence(
        "这张订单（{why_zh}）要先由各部门确认，还差：{missing_zh}。",
        "This order ({why_en}) has to be confirmed by the departments first; missing: {missing_en}.",
    )


class TooFew(Refused):
    code = "too_few"
    words = Sentence(
        "已经发出 {shipped}，数量不能改到 {value}。", "{shipped} were shipped; the quantity cannot become {value}."
    )


class NotCheckedOff(Refused):
    code, status, is_kept = "not_checked_off", 409, False
    words = Sentence("客户要求还没有核对：{value}。", "What the customer asked for is not checked off: {value}.")


class ReasonWanted(Refused):
    code = "reason_wanted"
    words = Sentence("请写明原因。", "A reason is wanted.")


class ShippedAlready(Refused):
    code, status, is_kept = "shipped_already", 409, False
    words = Sentence(
        "已经发过货，不能取消；其余的请关闭。", "Some of it was shipped, so it cannot be cancelled; close the rest."
    )


class SameSide(Refused):
    code, status, is_kept = "same_side", 409, False
    words = Sentence(
        "锁定期要由另一方（销售或生产）同意。", "The other side, sales or production, has to agree to a lock period."
    )


class NotAsked(Refused):
    code, status, is_kept = "not_asked", 409, False
    words = Sentence("还没有人提出。", "Nobody asked for it.")


class LockIsOver(Refused):
    code = "lock_is_over"
    words = Sentence("锁定到 {value} 已经过去，请选今天或以后。", "A lock period until {value} is over already.")


class NotShippedYet(Refused):
    code = "not_shipped_yet"
    words = Sentence("{value} 还没到，不能按这一天发货。", "{value} is still to come; nothing can have left on it.")
