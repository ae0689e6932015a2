"""Receivers and messages, as people and programs see them: never an address or a key."""

from typing import Any

from huoku.language import Sentence
from huoku.server.notices.commands import outcomes, wishes
from huoku.server.notices.models import Delivery, Receiver
from huoku.server.notices.rights import MANAGE, OWN
from huoku.server.notices.words import CHANNELS_CALLED, URGENCIES_CALLED
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.platform.tables.kinds import LIST, TEXT
from huoku.server.platform.tables.table import Column, Expand, declare


def own_receivers(actor: Actor) -> Any:
    """One's own; everybody's and the robots for whoever looks after them."""
    rows = rows_for(actor, Receiver)
    return rows if actor.may(MANAGE) else rows.filter(user=actor.user)


def own_deliveries(actor: Actor) -> Any:
    rows = rows_for(actor, Delivery)
    return rows if actor.may(MANAGE) else rows.filter(receiver__user=actor.user)


declare(
    "notice_receivers",
    Receiver,
    read=OWN,
    title=Sentence("通知接收方", "Who is told"),
    columns=(
        *("id", "channel", Column("user", "user__username", TEXT), "name", "shown", Column("roles", "roles", LIST)),
        *("site", "language", Column("about", "about", LIST)),
        *("urgency", "hour", "quiet_from", "quiet_until", "is_active", "since", "keyed_at", "confirmed_at"),
        "version",
    ),
    values={"channel": CHANNELS_CALLED, "urgency": URGENCIES_CALLED},
    expands={"deliveries": Expand("notice_deliveries", "receiver_id", many=True)},
    add=wishes.add_robot,
    change=wishes.change_robot,
    actions={"keep_wish": wishes.keep_wish, "confirm": wishes.confirm_address, "send_test": outcomes.send_test},
    rows=own_receivers,
)
declare(
    "notice_deliveries",
    Delivery,
    read=OWN,
    title=Sentence("已发的通知", "Messages sent"),
    columns=(
        *("id", "receiver", "state", "is_test", "tries", "made_at", "next_at", "tried_at", "ended_at", "fault"),
        "detail",
    ),
    expands={"receiver": Expand("notice_receivers", "receiver_id")},
    actions={"send_again": outcomes.send_again},
    rows=own_deliveries,
)
