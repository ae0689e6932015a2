"""What only plans look at."""

import pytest


def test_an_unknown_end_of_a_lane_is_named_by_its_field(company, owner):
    from huoku.server.planning.commands.masters import AddLane, add_lane
    from huoku.server.platform.command import perform
    from huoku.server.platform.commands.companies import AddSite, add_site
    from huoku.server.platform.kept import Unknown
    from huoku.server.platform.scope import entered

    with entered(company):
        perform(add_site, AddSite(code="EAST", name="East"), actor=owner, key="site")
        with pytest.raises(Unknown) as refused:
            perform(add_lane, AddLane(from_site="EAST", to_site="NOWHERE"), actor=owner, key="lane")
    assert (refused.value.field, refused.value.value) == ("to_site", "NOWHERE")


def test_a_company_is_planned_by_its_stage_until_it_sets_its_own_limits(company, owner):
    from huoku.server.planning.commands.masters import LinesCrossed, SetPlanning, set_planning
    from huoku.server.planning.reading.factory import bearing_of
    from huoku.server.platform.command import perform
    from huoku.server.platform.scope import entered

    with entered(company):
        perform(set_planning, SetPlanning(company_stage="startup"), actor=owner, key="young")
        assert bearing_of(company) == (0.05, 0.10, 0.50)
        perform(set_planning, SetPlanning(excess_limit="0.7"), actor=owner, key="own")
        assert bearing_of(company) == (0.05, 0.10, 0.70)
        perform(set_planning, SetPlanning(excess_limit=None), actor=owner, key="again")
        assert bearing_of(company) == (0.05, 0.10, 0.50)
        with pytest.raises(LinesCrossed) as refused:
            perform(set_planning, SetPlanning(dead_warn="0.2"), actor=owner, key="crossed")
    assert "20% 不能高过报警线 10%" in refused.value.say("zh")
