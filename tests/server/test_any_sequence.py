"""Whatever anybody does in whatever order: it is done or refused, and the books stay true."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.server.anything import Anything
from tests.server.lamps import BEGINS, live

APPS = ("sales", "purchasing", "production", "ledger", "planning", "documents", "shortages", "warehouse", "statements")
LEFT_OUT = {
    "ledger.freeze_stream",  # afterwards everything is refused
    "planning.begin_run",  # of the job that works a plan out
    "planning.write_part",
    "planning.end_run",
    "planning.fail_run",
    "planning.bring_past_use",
    "planning.bring_disposals",
}


@pytest.fixture
def company(db, settings, tmp_path):
    """Lamps after ten days of work: papers of every kind, in many states."""
    settings.MEDIA_ROOT = tmp_path
    return live(10)[0]


def run(company, examples, steps):
    from django.db import transaction

    from huoku.server.ledger.doctor import examine
    from huoku.server.ledger.jobs import expire_reservations
    from huoku.server.platform import clock
    from huoku.server.platform.command import COMMANDS
    from huoku.server.platform.events import tell_listeners
    from huoku.server.platform.models import Membership
    from huoku.server.platform.scope import entered

    names = [name for name in sorted(COMMANDS) if name.split(".")[0] in APPS and name not in LEFT_OUT]
    with entered(company):
        roles = dict(Membership.objects.of(company).values_list("role", "user"))
        actors = {role: actor(company, user) for role, user in roles.items()}
    done: Counter[str] = Counter()

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.randoms(use_true_random=True))
    def any_sequence(chance):
        with transaction.atomic(), entered(company):
            now = clock.day_begins(company, BEGINS + timedelta(days=10))
            for number in range(steps):
                now += timedelta(minutes=chance.randint(1, 300))
                what = COMMANDS[chance.choice(names)]
                able = [role for role in sorted(actors) if actors[role].may(what.right)]
                who = chance.choice(able if chance.random() < 0.9 else sorted(actors))
                with clock.telling(now):
                    expire_reservations()
                    done[what.name] += carried_out(company, what, actors[who], now, chance, f"any:{number}")
            with clock.telling(now):
                failed: dict[str, float] = {}
                tell_listeners(failed)
                assert failed == {}
                assert [str(finding) for finding in examine(company)] == []
            transaction.set_rollback(True)

    any_sequence()
    return done


def carried_out(company, what, actor, now, chance, key):
    """Whether a command with a request of chance was carried out; it may be refused, and nothing else."""
    from huoku.server.platform.command import perform
    from huoku.server.platform.refusals import Refused

    fields = Anything(company, now, chance).request(what)
    try:
        request = what.request.model_validate(fields)
    except ValidationError:
        return False
    try:
        perform(what, request, actor=actor, key=key)
    except Refused:
        return False
    except Exception as fault:
        fault.add_note(f"{what.name} {fields}")
        raise
    return True


def actor(company, user):
    from huoku.server.platform.actor import actor_of
    from huoku.server.platform.models import User

    return actor_of(User.objects.get(pk=user), company)


@pytest.mark.slow
def test_any_sequence_of_commands_is_done_or_refused_and_keeps_the_books(company):
    done = run(company, 20, 40)
    assert len([name for name, times in done.items() if times]) > 40, "too many are always refused"


@pytest.mark.stress
def test_any_long_sequence_does_too(company):
    run(company, 400, 150)
