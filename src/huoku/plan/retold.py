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
    """The plan with reasons and messages in ``lang``; as it is where it is in that language already.

    A plan that was read from a folder is worked out again for that; one that is not what planning its input gives
    (made by another version) stays in its own language.
    """
    if lang == plan.lang:
        return plan
    compiled = compiling_pays(plan.factory)
    with use_compiled(compiled):
        try:
            decided = base_of(plan, compiled)
        except UsageError:
            return plan
        said = told(decided.case, decided.promised, decided.netted, lang, plan.orders["order"])
    again = replace(said, timings=plan.timings, effort=plan.effort)
    again.kept.update({**plan.kept, **said.kept})
    return again
