"""Who says how he is told, and who sets up the robots."""

from huoku.language import Sentence
from huoku.server.platform.roles import INSIDE, Role, declare

OWN = declare("notices.own", Sentence("设定自己怎样收通知", "say how one is told"), INSIDE)
"""To say how one is told oneself."""
MANAGE = declare("notices.manage", Sentence("管理群机器人、确认邮箱", "set up robots, confirm addresses"), {Role.ADMIN})
"""Robots, confirming people's addresses, sending again."""
KEEP = declare("notices.keep", Sentence("记下没送到的通知", "keep what was not delivered"), {Role.ADMIN})
"""What was not delivered; the server writes it down, there is no door for people."""
