"""Why a message was not delivered: a code that is kept, and what it is called."""

from huoku.language import Language, Sentence

UNREACHABLE, REFUSED, BUSY, NOT_ALLOWED = "unreachable", "refused", "busy", "not_allowed"
NO_MAIL, UNREADABLE, LOST = "no_mail", "unreadable", "lost"

FAULTS = {
    UNREACHABLE: Sentence("连不上对方：{detail}", "The other side cannot be reached: {detail}"),
    REFUSED: Sentence("对方拒收：{detail}", "The other side refused it: {detail}"),
    BUSY: Sentence("对方暂时不收：{detail}", "The other side takes nothing just now: {detail}"),
    NOT_ALLOWED: Sentence(
        "这个地址不许发送：{detail}。只发往公网的 https 地址；内网地址要由运维人员写进 notice_hosts。",
        "Nothing is sent to this address: {detail}. Only public https addresses are written to; the operator allows "
        "others in notice_hosts.",
    ),
    NO_MAIL: Sentence(
        "这台服务器没有配置发信（mail_host）。{detail}", "This server has no mail set up (mail_host). {detail}"
    ),
    UNREADABLE: Sentence(
        "保存地址用的密钥已经换掉，请重新填写地址。{detail}",
        "The key by which the address was sealed is gone; enter the address again. {detail}",
    ),
    LOST: Sentence(
        "发送中途断了，不知对方收到没有。{detail}", "It broke off midway; nobody knows whether it came. {detail}"
    ),
}
FINAL = frozenset({REFUSED, NOT_ALLOWED, NO_MAIL, UNREADABLE})
"""Trying again hardly helps."""


class NotDelivered(Exception):
    """Raised by a channel. ``detail``: what the other side said, or where it failed; never an address or a key."""

    def __init__(self, fault: str, detail: str = "") -> None:
        super().__init__(fault, detail)
        self.fault, self.detail = fault, " ".join(detail.split())[:200]


def said(fault: str, detail: str, lang: Language) -> str:
    return FAULTS[fault].say(lang, detail=detail).strip() if fault in FAULTS else ""
