"""The robot of a WeCom group (https://developer.work.weixin.qq.com/document/path/91770): the key stands in the address,
20 messages a minute, a text of 2048 bytes."""

import json

from huoku.server.notices.channels.answers import must_be_taken
from huoku.server.notices.letter import Letter
from huoku.server.notices.posting import post

HOSTS = frozenset({"qyapi.weixin.qq.com"})
MOST_BYTES = 2048
BUSY = frozenset({-1, 45009, 45033})


def deliver(letter: Letter, address: str, secret: str) -> None:
    # <@somebody> would call that member, whoever wrote it into a name.
    text = letter.text(MOST_BYTES - 200).replace("<@", "＜@")
    body = {"msgtype": "text", "text": {"content": text}}
    answer = post(address, json.dumps(body, ensure_ascii=False).encode(), {})
    must_be_taken(answer, ("errcode",), ("errmsg",), BUSY)
