"""What those who make things must do now: begin work whose day has come."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from huoku.language import Sentence
from huoku.server.look.speaking import language, named
from huoku.server.office.duties import Duty, concerns
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.platform.roles import Role, right
from huoku.server.production.models import WorkOrder
from huoku.server.production.rights import READ, RUN
from huoku.server.production.states import TO_BEGIN

FIRST = 20
OF_WORK = right(RUN).roles - {Role.OWNER}
BEGIN = Sentence("{number} 要开工：{item} {name}", "{number} is to begin: {item} {name}")
SINCE = Sentence("{day} 就该开工，晚了 {n} 天", "it was to begin {day}, {n} {n|day|days} ago")
TODAY = Sentence("今天开工", "it begins today")
TO_KIT = Sentence("看齐不齐套", "See its kit")


def to_begin(actor: Actor, today: date) -> Iterator[Duty]:
    """Work orders that are released, or kitted, and due to begin."""
    lang = language()
    if not concerns(actor, READ, OF_WORK):
        return
    rows = rows_for(actor, WorkOrder).filter(state__in=TO_BEGIN, start_on__lte=today)
    for row in rows.select_related("item").order_by("start_on", "number")[:FIRST]:
        late = (today - row.start_on).days
        yield Duty(
            BEGIN.say(lang, number=row.number, item=row.item.code, name=named(row.item, lang)),
            SINCE.say(lang, day=f"{row.start_on:%m-%d}", n=late) if late else TODAY.say(lang),
            TO_KIT,
            reverse("shop_kit", args=(row.pk,)),
            "O" if late else "Y",
            late_days=late,
            due_on=row.start_on,
            whose=OF_WORK,
            key=f"begin:{row.pk}",
            whole=reverse("shop_kitting"),
        )
