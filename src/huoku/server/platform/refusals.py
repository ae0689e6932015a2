"""What a command answers when it will not do what was asked. Expected in daily work: answered, not logged."""

import json
from collections.abc import Sequence
from typing import Any, ClassVar

from huoku.errors import HuokuError
from huoku.language import Language, Sentence
from huoku.server.platform.roles import is_right, right


class Refused(HuokuError):
    """A business refusal. Subclasses stand beside the command that raises them and give code, status and words."""

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 422
    words: ClassVar[Sentence] = Sentence("不能这样做。", "This cannot be done.")
    is_kept: ClassVar[bool] = True
    """Whether a repeated call is refused for ever; else it may succeed another time."""

    def __init__(self, *, row: int | None = None, field: str = "", value: object = "", **facts: Any) -> None:
        self.row, self.field, self.value, self.facts = row, field, value, facts
        super().__init__(self.say("en"))

    def say(self, lang: Language) -> str:
        return self.words.say(lang, value=self.value, field=self.field, **self.facts)

    def as_problem(self) -> dict[str, Any]:
        """RFC 9457, with the error's row and field as the importers give them."""
        error = {
            "row": self.row,
            "field": self.field,
            "code": self.code,
            "value": str(self.value),
            "zh": self.say("zh"),
            "en": self.say("en"),
            **self.facts,
        }
        return {
            "type": f"urn:huoku:{self.code}",
            "title": self.say("en"),
            "title_zh": self.say("zh"),
            "status": self.status,
            "code": self.code,
            "errors": [error],
        }


class RefusedBefore(Refused):
    """An earlier call with the same key was refused; the answer is the same, byte for byte."""

    is_kept = False

    def __init__(self, status: int, answer: bytes) -> None:
        super().__init__()
        self.problem = json.loads(answer)
        self.status, self.code = status, self.problem["code"]  # type: ignore[misc]

    def as_problem(self) -> dict[str, Any]:
        return dict(self.problem)


IN_WORDS = Sentence("{words}（{name}）", "{words} ({name})")


class NotAllowed(Refused):
    code, status, is_kept = "not_allowed", 403, False
    words = Sentence("您的角色没有这项权限：{right}。", "Your role does not have this right: {right}.")

    def say(self, lang: Language) -> str:
        """The right in words, with the name by which programs and administrators know it."""
        name = str(self.facts["right"])
        called = IN_WORDS.say(lang, words=right(name).words.say(lang), name=name) if is_right(name) else name
        return self.words.say(lang, right=called)


class ExamNeeded(NotAllowed):
    code = "exam_needed"
    words = Sentence(
        "这项权限要先通过培训考试：{right}。", "This right waits for an exam that you have not passed: {right}."
    )


class NotFound(Refused):
    """Also the answer where it exists but belongs to another company: nobody learns that it exists."""

    code, status = "not_found", 404
    words = Sentence("没有找到 {what} {value}。", "There is no {what} {value}.")


class NeedsSecondCheck(Refused):
    """Part of a larger command; sent by itself it would wait for a second person."""

    code, status, is_kept = "needs_second_check", 422, False
    words = Sentence("{value} 需要第二人复核，请单独提交。", "{value} needs a second person; send it by itself.")


class KeyReused(Refused):
    code, status, is_kept = "key_reused", 422, False
    words = Sentence("这个请求编号已用于另一个请求。", "This key was used for another request.")


class StillRunning(Refused):
    code, status, is_kept = "still_running", 409, False
    words = Sentence("同一请求还在处理，请稍候。", "The same request is still being carried out; ask again soon.")


class StreamFrozen(Refused):
    code, status, is_kept = "stream_frozen", 503, False
    words = Sentence(
        "账目 {stream} 因检查不符已停止写入，请联系管理员运行 huoku doctor。",
        "Records {stream} are frozen because a check failed; ask an administrator to run huoku doctor.",
    )


class InvariantBroken(Exception):
    """A statement that must always hold did not: a fault of ours. Nothing is done, and these chains are frozen."""

    def __init__(self, what: str, streams: Sequence[Any]) -> None:
        super().__init__(what)
        self.streams = streams


class Stale(Refused):
    """Somebody else changed it since it was read (If-Match)."""

    code, status = "stale", 412
    words = Sentence("别人刚刚改过，请重新打开。", "Somebody changed it meanwhile; open it again.")
