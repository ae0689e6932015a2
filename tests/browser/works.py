"""Found what these tests look at, in a process of its own: python -m tests.browser.works DATA DAYS

The demo company DEMO with somebody of each role, after so many days of work, the empty company HUO of ``wang`` beside
it, which stays empty, and the new one of ``zhou``, who brings his own data in. Prints the passwords as JSON, by login.
"""

import json
import sys
from pathlib import Path
from typing import Any

MAY_SPEND = {"buyer": 500_00, "owner": 1_000_000_00}
"""Up to what amount each decides an order alone."""


def main(data: Path, days: int) -> None:
    import huoku
    from huoku.server.running.demo import found_demo

    passwords = found_demo(data, huoku.demo(), days).passwords
    from huoku.server.platform.actor import actor_of
    from huoku.server.platform.command import perform
    from huoku.server.platform.commands.approvals import SetLimit, set_limit
    from huoku.server.platform.commands.companies import found_company
    from huoku.server.platform.models import Company, User
    from huoku.server.platform.scope import entered

    demo = Company.objects.get(code="DEMO")
    with entered(demo):
        admin = actor_of(User.objects.get(username="admin"), demo)
        for role, amount in MAY_SPEND.items():
            limit = SetLimit(kind="purchasing.approve", role=role, amount_minor=amount)
            perform(set_limit, limit, actor=admin, key=f"limit:{role}")
        if days:
            _work_at_hand(demo)
    passwords["wang"] = "six kettles on a shelf"
    found_company("HUO", "活字五金 Huo Hardware", User.objects.create_user("wang", password=passwords["wang"]))
    passwords["zhou"] = "nine lamps in a row"
    found_company("NEW", "周记灯具 Zhou Lamps", User.objects.create_user("zhou", password=passwords["zhou"]))
    passwords["zhao"] = "five bolts in a box"
    found_company("BOX", "赵记五金 Zhao Bolts", User.objects.create_user("zhao", password=passwords["zhao"]))
    print(json.dumps(passwords))


def _work_at_hand(demo: Any) -> None:
    """What a past that ends in the evening leaves nobody in the middle of: a walk through the store, and a variant of
    the plan that is kept."""
    from huoku.server.planning.commands.runs import AskPlan, ask_plan
    from huoku.server.platform.actor import actor_of
    from huoku.server.platform.command import perform
    from huoku.server.platform.models import User
    from huoku.server.production.commands.picks import MakePickList, make_pick_list
    from huoku.server.production.queries.to_pick import to_pick

    keeper, planner = (actor_of(User.objects.get(username=login), demo) for login in ("storekeeper", "planner"))
    orders = [each.order for each in to_pick(keeper)][:2]
    perform(make_pick_list, MakePickList(orders=orders), actor=keeper, key="at hand: walk")
    sooner = AskPlan(name="SO-1047 ×2", changes={"demands.SO-1047.qty": "20"})
    perform(ask_plan, sooner, actor=planner, key="at hand: variant")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
