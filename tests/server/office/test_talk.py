"""People talk about a row: they call each other by @, and put files to it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.server.shopfloor.conftest import Reader

from huoku.server.platform.roles import Role

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


@pytest.fixture
def at_bolt(company, items, settings, tmp_path, nobody_is_too_quick):
    """The address of the page of the item BOLT."""
    settings.MEDIA_ROOT = tmp_path
    return f"/office/items/{items('BOLT')[0]}/"


def named(reader, username, name=""):
    from huoku.server.platform.models import User

    user = User.objects.get(pk=reader.client.session["_auth_user_id"])
    user.username, user.name = username, name
    user.save()


def test_whoever_is_called_finds_a_task_that_leads_to_the_page_and_ends_it(company, at_bolt):
    seller, buyer, other = (Reader(company, role) for role in (Role.SALES, Role.BUYER, Role.BUYER))
    named(buyer, "wang.fang", "王芳")
    seller.read(at_bolt)
    seller.press("comment", text="@王芳请看一下，起订量太大")
    assert "起订量太大" in seller.text
    assert "起订量太大" in buyer.read("/") and at_bolt in buyer.text
    assert "起订量太大" not in other.read("/")  # it is hers, not every buyer's
    buyer.read(at_bolt)
    buyer.press("finish")
    assert buyer.address == at_bolt and "起订量太大" not in buyer.read("/")


def test_a_name_is_as_long_as_it_can_be_and_ends_where_the_word_ends():
    from huoku.server.documents.mentions import Colleague, mentioned

    li, lily = Colleague(1, "li", "李雷", ()), Colleague(2, "lily", "Lily Wu", ())
    everybody = [li, lily]
    assert mentioned("@lily and @li, look", everybody) == [lily, li]
    assert mentioned("@Lily Wu: see", everybody) == [lily]
    assert mentioned("@李雷请看", everybody) == [li]
    assert mentioned("mail li@example.com, @lim, @@", everybody) == []
    assert mentioned("@li @li", everybody) == [li]


def test_nobody_is_called_to_what_he_may_not_read(company, owner, do, nobody_is_too_quick):
    """A storekeeper of the west is not called to a place of the east."""
    from huoku.server.documents.commands.about import WriteComment, write_comment
    from huoku.server.documents.mentions import CannotRead
    from huoku.server.ledger.commands.places import add_location
    from huoku.server.platform.command import perform
    from huoku.server.platform.commands.companies import add_site
    from huoku.server.platform.models import Membership, MembershipSite

    east, west = (do(add_site, code=code, name=code)["id"] for code in ("EAST", "WEST"))
    place = do(add_location, code="EAST-1", kind="storage", site=east)["id"]
    keeper = Reader(company, Role.STOREKEEPER)
    named(keeper, "chen")
    member = Membership.objects.of(company).get(user__username="chen")
    MembershipSite.objects.create(company=company, membership=member, site_id=west)
    said = WriteComment(what="ledger.location", row=place, text="@chen look")
    with pytest.raises(CannotRead, match="chen"):
        perform(write_comment, said, actor=owner, key="said")


def test_names_are_offered_to_those_who_may_comment(company, at_bolt):
    seller = Reader(company, Role.SALES)
    named(seller, "zhao", "赵六")
    told = seller.read("/desk/names")
    assert 'data-username="zhao"' in told and "赵六" in told and "销售" in told


def test_a_file_is_put_to_an_item_shown_fetched_and_taken_away(company, at_bolt):
    engineer = Reader(company, Role.ENGINEER)
    engineer.read(at_bolt)
    engineer.press("files", file=SimpleUploadedFile("front.png", PNG))
    assert "已上传 1 个文件" in engineer.told and "front.png" in engineer.text
    address = next(part.split('"')[0] for part in engineer.text.split('src="') if "/files/" in part.split('"')[0])
    answer = engineer.client.get(address)
    assert b"".join(answer.streaming_content) == PNG
    assert answer["Content-Disposition"].startswith("attachment") and "sandbox" in answer["Content-Security-Policy"]
    engineer.press("remove")
    assert "front.png" not in engineer.text.partition('id="talk"')[2].partition("</section>")[0]
    assert engineer.client.get(address).status_code == 404


def test_what_is_no_known_file_is_refused_in_words_and_others_are_kept(company, at_bolt):
    engineer = Reader(company, Role.ENGINEER)
    engineer.read(at_bolt)
    page, good = SimpleUploadedFile("a.png", b"<html>"), SimpleUploadedFile("b.png", PNG)
    engineer.press("files", file=[page, good])
    assert "a.png" in engineer.told and "b.png" in engineer.text
    assert "data-sends" not in Reader(company, Role.STOREKEEPER).read(at_bolt)  # items are not his to change
