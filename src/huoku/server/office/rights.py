"""What may be done with lists themselves. What may be done with their rows, each table's commands say."""

from huoku.language import Sentence
from huoku.server.platform.roles import INSIDE, Role, declare

FILL_IN = declare("office.fill_in", Sentence("批量填写", "fill in and paste"), INSIDE)
"""To write into a list: what of it is accepted, the rights of the table's own commands decide."""
KEEP_VIEWS = declare("office.keep_views", Sentence("保存自己的视图", "keep views of one's own"), INSIDE)
"""To keep a layout of a list for oneself."""
SHARE_VIEWS = declare("office.share_views", Sentence("共享视图", "share views"), INSIDE - {Role.AUDITOR})
"""To give a layout to one's own team."""
UNDO = declare("office.undo", Sentence("撤销", "undo"), INSIDE)
"""To undo what one did oneself a moment ago: its counter asks for its own right."""
POSTPONE = declare("office.postpone", Sentence("推迟自己的事", "postpone duties of one's own"), INSIDE)
"""To put what one must do aside until a day: nobody else's list changes."""
SEE_WHOLE = declare(
    "office.see_whole",
    Sentence("看全厂要办的事", "see what the whole factory must do"),
    {Role.PLANNER, Role.PRODUCTION_LEAD, Role.FINANCE, Role.AUDITOR},
)
"""To see others' duties on Today as well, as far as one may read what they are about."""
