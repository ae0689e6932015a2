"""What documents of every kind answer when their lines are not what they should be."""

from huoku.language import Sentence
from huoku.server.platform.refusals import Refused


class NoLines(Refused):
    code, status, is_kept = "no_lines", 409, False
    words = Sentence("{value} 还没有任何行。", "{value} has no lines yet.")


class NoSuchLine(Refused):
    code = "no_such_line"
    words = Sentence("{number} 没有第 {value} 行。", "{number} has no line {value}.")


class MoreThanAsked(Refused):
    code = "more_than_asked"
    words = Sentence("这里最多 {most}，不能是 {value}。", "{most} at most here, not {value}.")
