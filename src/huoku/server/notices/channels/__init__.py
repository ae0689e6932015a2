"""How each kind of receiver is written to: one file each, ``deliver(letter, address, secret)``.

They know no database, so many are tried side by side. Each raises NotDelivered.
"""

from collections.abc import Callable

from huoku.server.notices.channels import dingtalk, feishu, mail, webhook, wecom
from huoku.server.notices.letter import Letter
from huoku.server.notices.models import Receiver

DELIVER: dict[str, Callable[[Letter, str, str], None]] = {
    Receiver.Channel.MAIL: mail.deliver,
    Receiver.Channel.WECOM: wecom.deliver,
    Receiver.Channel.DINGTALK: dingtalk.deliver,
    Receiver.Channel.FEISHU: feishu.deliver,
    Receiver.Channel.WEBHOOK: webhook.deliver,
}
HOSTS: dict[str, frozenset[str]] = {
    Receiver.Channel.WECOM: wecom.HOSTS,
    Receiver.Channel.DINGTALK: dingtalk.HOSTS,
    Receiver.Channel.FEISHU: feishu.HOSTS,
}
"""Where robots of each house live; elsewhere only where the operator allows the host."""
