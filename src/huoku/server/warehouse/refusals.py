"""What the warehouse answers when it will not do what was asked."""

from huoku.language import Sentence
from huoku.server.platform.refusals import Refused


class NotForStock(Refused):
    code = "not_for_stock"
    words = Sentence(
        "{value} 不是仓库或线边库位，不能调拨。",
        "{value} is neither a store nor a line side; nothing is carried there.",
    )


class ArrivesBeforeItLeaves(Refused):
    code = "arrives_before_it_leaves"
    words = Sentence(
        "到货日 {value} 早于发出日 {start_on}。", "It cannot be there on {value}, before it leaves on {start_on}."
    )


class NotThere(Refused):
    """Not so much of it is free at the origin: nothing is approved that cannot be sent."""

    code, status, is_kept = "not_there", 409, False
    words = Sentence(
        "第 {seq} 行 {item}：{origin} 只有 {free} 可调，不够 {value}。",
        "Line {seq}, {item}: only {free} can be had at {origin}, not {value}.",
    )


class MoreThanToSend(Refused):
    code = "more_than_to_send"
    words = Sentence(
        "第 {seq} 行还能发 {most}，不能发 {value}。", "Of line {seq} {most} are still to be sent, not {value}."
    )


class NothingSaid(Refused):
    code = "nothing_said"
    words = Sentence("请写明数量。", "Say how many.")


class MoreThanSent(Refused):
    """Either the count at the target is wrong, or more was taken from the shelf than was written down."""

    code, is_kept = "more_than_sent", False
    words = Sentence(
        "第 {seq} 行 {item} 在途只有 {most}，收到 {value}。请再点一次；确实多发的，写明原因再收。",
        "Of line {seq}, {item}, {most} are under way, {value} came. Count again; where more was sent indeed, say why.",
    )


class MoreThanUnderWay(Refused):
    code = "more_than_under_way"
    words = Sentence("第 {seq} 行在途只有 {most}，不是 {value}。", "Of line {seq} {most} are under way, not {value}.")


class LotToBeNamed(Refused):
    code = "lot_to_be_named"
    words = Sentence(
        "第 {seq} 行有几个批次在途，请写明收的是哪一批。", "Several lots of line {seq} are under way: say which one."
    )


class StillUnderWay(Refused):
    code, status, is_kept = "still_under_way", 409, False
    words = Sentence(
        "第 {seq} 行 {item} 还有 {value} 在途，先收货或处理差异。",
        "Of line {seq}, {item}, {value} are under way still: receive them or settle the difference first.",
    )
