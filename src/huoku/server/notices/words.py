"""What the ways and the degrees of being told are called."""

from huoku.language import Sentence
from huoku.server.notices.models import Receiver

CHANNELS_CALLED = {
    Receiver.Channel.MAIL.value: Sentence("邮件", "Mail"),
    Receiver.Channel.WECOM.value: Sentence("企业微信", "WeCom group"),
    Receiver.Channel.DINGTALK.value: Sentence("钉钉", "DingTalk group"),
    Receiver.Channel.FEISHU.value: Sentence("飞书", "Feishu group"),
    Receiver.Channel.WEBHOOK.value: Sentence("自己的程序（Webhook）", "Program (webhook)"),
}
URGENCIES_CALLED = {
    Receiver.Urgency.ALL.value: Sentence("全部任务", "All tasks"),
    Receiver.Urgency.SOON.value: Sentence("一周内到期的", "Due within a week"),
    Receiver.Urgency.URGENT.value: Sentence("明天以前到期的", "Due by tomorrow"),
}

KINDS = (
    *("shortages.shortagecase", "shortages.lowstock", "sales.salesorder", "purchasing.purchaserequest"),
    *("purchasing.purchaseorder", "production.workorder", "warehouse.transfer", "planning.proposal"),
    "alerts.examination",
)
"""What tasks are mostly about, for whoever chooses."""
