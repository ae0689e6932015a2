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
