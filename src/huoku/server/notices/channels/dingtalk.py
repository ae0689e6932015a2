"""The robot of a DingTalk group (https://open.dingtalk.com/document/orgapp/custom-robot-access): milliseconds and an
HMAC of them under the secret go into the address, 20 messages a minute."""

import base64
import hashlib
import hmac
import json
from urllib.parse import urlencode

from huoku.server.notices.channels.answers import must_be_taken
from huoku.server.notices.letter import Letter
from huoku.server.notices.posting import post

HOSTS = frozenset({"oapi.dingtalk.com"})
MOST_BYTES = 16_000
BUSY = frozenset({-1, 130101, 410100, 660026})


def signature(secret: str, milliseconds: int) -> str:
    """The secret is the key, and stands in the text that is signed as well."""
    signed = hmac.new(secret.encode(), f"{milliseconds}\n{secret}".encode(), hashlib.sha256)
    return base64.b64encode(signed.digest()).decode()


def deliver(letter: Letter, address: str, secret: str) -> None:
    if secret:
        now = int(letter.at.timestamp() * 1000)
        address += ("&" if "?" in address else "?") + urlencode({"timestamp": now, "sign": signature(secret, now)})
    body = {"msgtype": "text", "text": {"content": letter.text(MOST_BYTES)}, "at": {"isAtAll": False}}
    answer = post(address, json.dumps(body, ensure_ascii=False).encode(), {})
    must_be_taken(answer, ("errcode",), ("errmsg",), BUSY)
