"""Who belongs to the company, and who decides that."""

import pytest

from huoku.server.platform.refusals import NotAllowed, NotFound


def test_a_role_at_one_site_counts_there_only(owner, person, does, again):
    from huoku.server.platform.commands.companies import add_site
    from huoku.server.platform.commands.people import limit_sites
    from huoku.server.platform.models import Membership
    from huoku.server.platform.roles import Role
    from huoku.server.platform.scope import entered

    keeper = person(Role.STOREKEEPER)
    east, west = (does(owner, add_site, code=code, name=code)["id"] for code in ("EAST", "WEST"))
    with entered(owner.company):
        membership = Membership.objects.of(owner.company).get(user=keeper.user).pk
    does(owner, limit_sites, membership=membership, sites=[east])
    assert [again(keeper).works_at(site) for site in (east, west)] == [True, False]
    does(owner, limit_sites, membership=membership, sites=[])
    assert again(keeper).works_at(west)


def test_each_role_of_a_person_counts_at_its_own_sites(owner, person, does, again):
    from huoku.server.ledger.commands.places import add_location
    from huoku.server.ledger.refusals import NotYourSite
    from huoku.server.ledger.rights import MOVE
    from huoku.server.ledger.rights import SET_UP as PLAN
    from huoku.server.platform.command import COMMANDS
    from huoku.server.platform.commands.companies import add_site
    from huoku.server.platform.commands.people import give_role, limit_sites
    from huoku.server.platform.models import Membership
    from huoku.server.platform.roles import Role
    from huoku.server.platform.scope import entered

    keeper = person(Role.STOREKEEPER)
    east, west = (does(owner, add_site, code=code, name=code)["id"] for code in ("EAST", "WEST"))
    with entered(owner.company):
        membership = Membership.objects.of(owner.company).get(user=keeper.user).pk
    does(owner, limit_sites, membership=membership, sites=[east])
    does(owner, give_role, user=keeper.user.pk, role="planner", sites=[])
    both = again(keeper)
    assert both.works_at(west) and both.acting_by(PLAN).works_at(west)
    assert both.acting_by(MOVE).works_at(east) and not both.acting_by(MOVE).works_at(west)

    shelf = does(owner, add_location, code="W1", kind="storage", site=west)["id"]
    away = does(owner, add_location, code="SUPPLIER", kind="supplier")["id"]
    bolt = does(owner, COMMANDS["items.add_item"], code="BOLT")["id"]
    line = {"kind": "receive", "item": bolt, "quantity": 1, "from_location": away, "to_location": shelf}
    with pytest.raises(NotYourSite):
        does(both, COMMANDS["ledger.record_movement"], lines=[line])


def test_whoever_looks_after_one_site_gives_no_role_beyond_it(owner, person, does, again):
    from huoku.server.platform.commands.companies import add_site
    from huoku.server.platform.commands.invitations import invite
    from huoku.server.platform.commands.people import (
        ElsewhereToo,
        OwnersOnly,
        allow_new_password,
        dismiss_person,
        give_role,
        limit_sites,
    )
    from huoku.server.platform.models import Membership
    from huoku.server.platform.roles import Role
    from huoku.server.platform.scope import entered

    admin, everywhere, buyer = person(Role.ADMIN), person(Role.ADMIN), person(Role.BUYER)
    east, west = (does(owner, add_site, code=code, name=code)["id"] for code in ("EAST", "WEST"))
    with entered(owner.company):
        roles = dict(Membership.objects.of(owner.company).values_list("user", "pk"))
    with pytest.raises(OwnersOnly):
        does(admin, limit_sites, membership=roles[owner.user.pk], sites=[east])
    does(owner, limit_sites, membership=roles[admin.user.pk], sites=[east])
    here = again(admin)
    for command, request in [
        (limit_sites, {"membership": roles[admin.user.pk], "sites": []}),
        (limit_sites, {"membership": roles[admin.user.pk], "sites": [east, west]}),
        (limit_sites, {"membership": roles[buyer.user.pk], "sites": [east]}),
        (give_role, {"user": buyer.user.pk, "role": "finance", "sites": []}),
        (invite, {"name": "new", "role": "finance", "sites": [], "digest": "0" * 64}),
        (allow_new_password, {"user": everywhere.user.pk}),
        (dismiss_person, {"user": buyer.user.pk}),
    ]:
        with pytest.raises(ElsewhereToo):
            does(here, command, **request)
    assert does(here, give_role, user=buyer.user.pk, role="finance", sites=[east])


def test_a_role_cannot_be_limited_to_a_site_of_another_company(owner, person, does, second_company, join):
    from huoku.server.platform.commands.companies import add_site
    from huoku.server.platform.commands.people import give_role
    from huoku.server.platform.roles import Role

    theirs = does(join(second_company, "two", Role.OWNER), add_site, code="EAST", name="East")["id"]
    with pytest.raises(NotFound):
        does(owner, give_role, user=person(Role.BUYER).user.pk, role="planner", sites=[theirs])


def test_only_an_owner_makes_an_owner(owner, person, does):
    from huoku.server.platform.commands.people import OwnersOnly, give_role
    from huoku.server.platform.roles import Role

    admin, buyer = person(Role.ADMIN), person(Role.BUYER)
    with pytest.raises(OwnersOnly):
        does(admin, give_role, user=admin.user.pk, role="owner")
    assert does(admin, give_role, user=buyer.user.pk, role="planner")
    assert does(owner, give_role, user=buyer.user.pk, role="owner")


def test_the_last_owner_stays(owner, does):
    from huoku.server.platform.commands.people import LastOwner, dismiss_person

    with pytest.raises(LastOwner):
        does(owner, dismiss_person, user=owner.user.pk)


def test_a_buyer_manages_nobody(person, does):
    from huoku.server.platform.commands.people import give_role
    from huoku.server.platform.roles import Role

    buyer = person(Role.BUYER)
    with pytest.raises(NotAllowed):
        does(buyer, give_role, user=buyer.user.pk, role="finance")


def test_whoever_is_dismissed_has_no_part_and_no_token_from_then_on(owner, person, does, again, rows):
    from huoku.server.platform.commands.people import dismiss_person
    from huoku.server.platform.commands.tokens import add_token
    from huoku.server.platform.models import ApiToken
    from huoku.server.platform.roles import Role
    from huoku.server.platform.scope import EVERY_COMPANY, entered
    from huoku.server.platform.tokens import new_secret, token_of

    buyer, secret = person(Role.BUYER), new_secret()
    does(buyer, add_token, name="ERP", prefix=secret.prefix, digest=secret.digest.hex(), rights=["items.read"])
    does(owner, dismiss_person, user=buyer.user.pk)
    assert again(buyer) is None
    with entered(EVERY_COMPANY):
        assert token_of(secret.text) is None
    (token,) = rows(ApiToken, owner.company)
    assert token.revoked_at is not None


def test_nobody_is_both_inside_and_a_supplier(owner, person, does):
    from huoku.server.platform.commands.people import InsideAndOutside, PartnerWanted, give_role
    from huoku.server.platform.roles import Role

    buyer = person(Role.BUYER).user.pk
    with pytest.raises(InsideAndOutside):
        does(owner, give_role, user=buyer, role="supplier", partner=7)
    with pytest.raises(PartnerWanted):
        does(owner, give_role, user=buyer, role="supplier")


def test_strangers_are_not_found_and_so_not_betrayed(owner, does, second_company, join):
    from huoku.server.platform.commands.people import give_role
    from huoku.server.platform.roles import Role

    theirs = join(second_company, "two", Role.BUYER)
    with pytest.raises(NotFound):
        does(owner, give_role, user=theirs.user.pk, role="planner")


def test_a_new_password_is_not_given_to_somebody_of_two_companies(owner, person, does, second_company, join):
    from huoku.server.platform.commands.people import OwnersOnly, SharedAccount, allow_new_password
    from huoku.server.platform.roles import Role

    admin, buyer = person(Role.ADMIN), person(Role.BUYER)
    assert does(admin, allow_new_password, user=buyer.user.pk) == {"user": buyer.user.pk}
    join(second_company, buyer.user.username, Role.BUYER)
    with pytest.raises(SharedAccount):
        does(admin, allow_new_password, user=buyer.user.pk)
    sole_owner = person(Role.OWNER)
    with pytest.raises(OwnersOnly):
        does(admin, allow_new_password, user=sole_owner.user.pk)


def test_field_groups_are_seen_by_the_roles_of_one_table(person):
    from huoku.server.platform.roles import FieldGroup, Role

    keeper, buyer, sales = person(Role.STOREKEEPER), person(Role.BUYER), person(Role.SALES)
    assert not any(keeper.sees(group) for group in FieldGroup)
    assert buyer.sees(FieldGroup.COST) and not buyer.sees(FieldGroup.SALES_PRICE)
    assert sales.sees(FieldGroup.SALES_PRICE) and not sales.sees(FieldGroup.COST)
