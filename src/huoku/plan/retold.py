"""A plan in the other language: the same decision, its reasons and messages said anew."""

from dataclasses import replace

from huoku.compiled import use_compiled
from huoku.errors import UsageError
from huoku.language import Language
from huoku.plan.model.size import compiling_pays
from huoku.plan.plan import Plan
from huoku.plan.planner import told
from huoku.plan.replan.replan import base_of


def in_language(plan: Plan, lang: Language) -> Plan:
    """The plan with reasons and messages in ``lang``; one that cannot be said anew stays in its own language.

    That is a plan that was read from a folder and is not what planning its input gives: another version made it.
    """
    try:
        return retold(plan, lang)
    except UsageError:
        return plan


def retold(plan: Plan, lang: Language) -> Plan:
    """The same orders, days and sums, with reasons and messages in ``lang``.

    What was decided is taken from the plan; of one that was loaded it is found again first. Raises UsageError where
    the plan does not carry it and its factory gives other orders.
    """
    if lang == plan.lang:
        return plan
    compiled = compiling_pays(plan.factory)
    with use_compiled(compiled):
        decided = base_of(plan, compiled)
        said = told(decided.case, decided.promised, decided.netted, lang, plan.orders["order"])
    again = replace(said, timings=plan.timings, effort=plan.effort)
    again.kept.update(said.kept, decided=decided)
    return again
