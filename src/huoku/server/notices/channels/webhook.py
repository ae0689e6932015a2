"""A program of one's own, by Standard Webhooks (https://www.standardwebhooks.com): ``webhook-id`` is the same at each
try, ``webhook-signature`` is an HMAC-SHA256 over id, time and body."""

import base64
import binascii
import hashlib
import hmac
import json
from typing import Any

from huoku.server.notices.letter import Letter
from huoku.server.notices.posting import post

KIND = "tasks.told"


def signature(secret: str, key: str, seconds: int, body: bytes) -> str:
    signed = hmac.new(_key(secret), f"{key}.{seconds}.".encode() + body, hashlib.sha256)
    return f"v1,{base64.b64encode(signed.digest()).decode()}"


def _key(secret: str) -> bytes:
    """``whsec_`` and base64, padded or not, as the standard writes secrets; any other text is taken as it stands."""
    if secret.startswith("whsec_"):
        text = secret.removeprefix("whsec_").rstrip("=")
        try:
            return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
        except binascii.Error:
            return secret.encode()
    return secret.encode()


def deliver(letter: Letter, address: str, secret: str) -> None:
    body = json.dumps(_told(letter), ensure_ascii=False).encode()
    key, now = str(letter.key), int(letter.at.timestamp())
    signed = {"webhook-id": key, "webhook-timestamp": str(now), "webhook-signature": signature(secret, key, now, body)}
    post(address, body, signed)


def _told(letter: Letter) -> dict[str, Any]:
    tasks = [
        {
            "text": each.words,
            "urgency": each.reason,
            "due_on": each.due_on and each.due_on.isoformat(),
            "url": each.link,
        }
        for each in letter.entries
    ]
    data = {"title": letter.title, "count": letter.count, "tasks": tasks, "url": letter.link}
    return {"type": KIND, "timestamp": letter.at.isoformat(), "data": data}
