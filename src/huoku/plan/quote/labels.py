"""The names of what a quote tells."""

from huoku.language import Sentence

WANTED = Sentence("询价", "wanted")
DATE = Sentence("可答复交期", "can be promised")
NEVER = Sentence("计划期内做不到", "not by the plan's last day")
REASON = Sentence("卡在", "held up by")
PARTS = Sentence("可分批交", "in parts")
