"""Planners have plans worked out and decide on what they propose."""

from huoku.server.planning.commands.proposals import accept_proposals, reject_proposals
from huoku.server.planning.commands.runs import ask_plan
from huoku.server.planning.models import PlanRun, Proposal
from huoku.server.planning.working import work_out
from huoku.server.platform.events import tell_listeners
from huoku.server.platform.exact import plain
from huoku.server.platform.roles import Role
from huoku.server.running.past.people import People

AHEAD = 10
"""So many days before it starts a proposal is decided on."""


def plan(people: People) -> None:
    """A plan of today, by the job that works it out on a server."""
    hear(people)
    people.does(Role.PLANNER, ask_plan)
    waiting = PlanRun.objects.of(people.company).filter(state=PlanRun.State.QUEUED).order_by("pk").first()
    if waiting:
        people.on(lambda: work_out.func(people.company.pk, waiting.pk))


def decide(people: People) -> None:
    """What starts soon is accepted, by the buyer what is bought and by the planner what is made; a few with more than
    proposed, a few are not wanted."""
    for role, kind in ((Role.BUYER, Proposal.Kind.BUY), (Role.PLANNER, Proposal.Kind.MAKE)):
        rows = Proposal.objects.of(people.company).filter(
            state=Proposal.State.OPEN, kind=kind, start_on__lte=people.in_days(AHEAD)
        )
        wanted: list[dict[str, object]] = []
        for row in rows.select_related("item").order_by("pk"):
            if people.happens(0.02):
                people.does(role, reject_proposals, proposals=[row.pk], reason="下月再说 next month")
            elif people.happens(0.03):
                more = row.qty_steps + max(1, row.qty_steps // 10)
                wanted.append({"id": row.pk, "qty": plain(more, row.item.decimals)})
            elif kind == Proposal.Kind.MAKE or row.supplier_id:
                wanted.append({"id": row.pk})
        if wanted:
            people.does(role, accept_proposals, proposals=wanted)


def hear(people: People) -> None:
    """What happened is told to whoever listens, as the worker does."""
    people.on(tell_listeners)
