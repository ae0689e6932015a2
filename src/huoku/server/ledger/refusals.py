"""What the ledger answers when it will not do what was asked."""

from huoku.language import Sentence
from huoku.server.platform.refusals import Refused


class InsufficientStock(Refused):
    """Not so much is free: what is there may be kept for others, held, or of another owner."""

    code, status = "insufficient_stock", 409
    words = Sentence(
        "{item} 在 {location} 只有 {free} 可用，不够 {value}。",
        "Of {item} only {free} are free at {location}; {value} were asked for.",
    )


class InsufficientSupply(Refused):
    code, status = "insufficient_supply", 409
    words = Sentence(
        "在途 {supply} 只剩 {free} 未许诺，不够 {value}。",
        "Of what is to arrive by {supply} only {free} are not promised yet; {value} were asked for.",
    )


class NotYourSite(Refused):
    code, status, is_kept = "not_your_site", 403, False
    words = Sentence("{value} 不在您负责的厂区。", "{value} is at a site that you do not work at.")


class WrongEnds(Refused):
    code = "wrong_ends"
    words = Sentence(
        "{kind} 不能从 {origin} 到 {target}。", "A movement of kind {kind} does not go from {origin} to {target}."
    )


class SamePlace(Refused):
    code = "same_place"
    words = Sentence("调出和调入不能是同一个库位：{value}。", "It cannot go from {value} to {value}.")


class NotInUse(Refused):
    code = "not_in_use"
    words = Sentence("{value} 已停用。", "{value} is no longer in use.")


class LotNeeded(Refused):
    code = "lot_needed"
    words = Sentence(
        "{item} 按批号或序列号管理，请指明是哪一批。", "{item} is kept by lot or serial number: say which."
    )


class LotNotWanted(Refused):
    code = "lot_not_wanted"
    words = Sentence("{item} 不按批号管理，请不要填批号。", "{item} is not kept by lot: leave the lot empty.")


class LotDiffers(Refused):
    code = "lot_differs"
    words = Sentence(
        "{item} 的批号 {value} 已登记，有效期是 {expires_on}。",
        "Lot {value} of {item} is known already, and expires on {expires_on}.",
    )


class SerialIsOne(Refused):
    code = "serial_is_one"
    words = Sentence("一个序列号只有一件，不能是 {value}。", "A serial number stands for one piece, not {value}.")


class SerialIsThere(Refused):
    code, status = "serial_is_there", 409
    words = Sentence("{item} 的序列号 {value} 已经在库。", "Serial number {value} of {item} is in stock already.")


class MovementExists(Refused):
    code, status = "movement_exists", 409
    words = Sentence("编号为 {value} 的出入库已经记过。", "The movement {value} has been recorded already.")


class AlreadyReversed(Refused):
    code, status = "already_reversed", 409
    words = Sentence(
        "{value} 已经冲销过，或本身就是冲销。", "{value} has been reversed already, or is itself a reversal."
    )


class PeriodIsLocked(Refused):
    code = "period_is_locked"
    words = Sentence("{until} 以前的账已结，不能再记 {value}。", "The books are closed up to {until}: not {value}.")


class NotYet(Refused):
    code = "not_yet"
    words = Sentence("{value} 还没到，请检查时间。", "{value} is still to come: check the clock.")


class ReasonNeeded(Refused):
    code = "reason_needed"
    words = Sentence("请写明原因。", "Say why.")


class QuantityDiffers(Refused):
    code = "quantity_differs"
    words = Sentence(
        "{entered} {unit} 换算后不是 {value}，而是 {steps}。",
        "{entered} {unit} are not {value} {value|step|steps} but {steps}.",
    )


class ReservationEnded(Refused):
    code, status = "reservation_ended", 409
    words = Sentence(
        "预留 {value} 只剩 {open}，或已经结束。", "The reservation {value} holds only {open} more, or has ended."
    )


class NotForThis(Refused):
    code = "not_for_this"
    words = Sentence(
        "预留 {value} 不是这个物料、库位或批号的。", "The reservation {value} is of another item, place or lot."
    )


class NotLower(Refused):
    code = "not_lower"
    words = Sentence(
        "预留 {value} 并不比新的需求次要。", "The reservation {value} is not less urgent than the new demand."
    )


class NotOfThisSupply(Refused):
    code = "not_of_this_supply"
    words = Sentence(
        "在途 {value} 不是这个物料，或到的不是我方可用库存。",
        "{value} is of another item, or what arrived is not our own available stock.",
    )
