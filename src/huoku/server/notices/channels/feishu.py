"""The robot of a Feishu group (https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot): seconds, and an HMAC
of nothing under both seconds and secret, go into the body; 5 messages a second, 20 KB."""

import base64
import hashlib
import hmac
import json

from huoku.server.notices.channels.answers import must_be_taken
from huoku.server.notices.letter import Letter
from huoku.server.notices.posting import post

HOSTS = frozenset({"open.feishu.cn", "open.larksuite.com"})
MOST_BYTES = 16_000
BUSY = frozenset({9499, 11232})


def signature(secret: str, seconds: int) -> str:
    """Not as DingTalk: what would be signed there is the key here, and the text is empty."""
    return base64.b64encode(hmac.new(f"{seconds}\n{secret}".encode(), b"", hashlib.sha256).digest()).decode()


def deliver(letter: Letter, address: str, secret: str) -> None:
    # <at user_id="all"> would call everybody, whoever wrote it into a name.
    text = letter.text(MOST_BYTES).replace("<", "＜")
    body: dict[str, object] = {"msg_type": "text", "content": {"text": text}}
    if secret:
        now = int(letter.at.timestamp())
        body |= {"timestamp": str(now), "sign": signature(secret, now)}
    answer = post(address, json.dumps(body, ensure_ascii=False).encode(), {})
    must_be_taken(answer, ("code", "StatusCode"), ("msg", "StatusMessage"), BUSY)
