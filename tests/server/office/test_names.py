"""Names as their reader knows them: found by their sound, shown in his language where they are given in it."""

from tests.server.api.conftest import caller_of


def found(caller, sought):
    return caller.client.get("/search", {"q": sought}).content.decode()


def test_an_item_is_found_by_its_pinyin_as_soon_as_it_is_named(company):
    engineer = caller_of(company, "engineer", language="zh-hans")
    item = engineer.added("/items", code="T-100", name="螺丝刀", name_en="Screwdriver")
    assert "T-100" in found(engineer, "lsd") and "T-100" in found(engineer, "luosi")
    renamed = engineer.send("PATCH", f"/items/{item['id']}", {"name": "扳手"}, tag="*")
    assert renamed.status_code == 200
    assert "T-100" not in found(engineer, "lsd") and "T-100" in found(engineer, "bs")


def test_the_pages_of_the_menu_are_found_by_their_pinyin(company):
    assert "采购建议" in found(caller_of(company, "buyer", language="zh-hans"), "cgjy")


def test_whoever_may_not_know_customers_by_name_does_not_find_them_by_its_sound(company):
    caller_of(company, "sales").added("/customers", code="C-7", name="华阳机电")
    assert "C-7" in found(caller_of(company, "sales"), "hyjd")
    stranger = caller_of(company, "production_lead")
    assert "C-7" not in found(stranger, "hyjd") and "华阳" not in found(stranger, "C-7")


def test_names_are_shown_in_the_reader_s_language_where_they_are_given(company):
    engineer = caller_of(company, "engineer", language="en")
    lamp = engineer.added("/items", code="LAMP", name="台灯", name_en="Desk lamp", kind="make")
    engineer.added("/items", code="BULB", name="灯泡", name_en="Bulb")
    engineer.added("/items", code="CABLE", name="电线")
    lines = [{"component": code, "qty": "1"} for code in ("BULB", "CABLE")]
    bill = engineer.added("/boms", parent="LAMP", revision="A", lines=lines)
    page = f"/office/boms/{bill['id']}/"
    english = engineer.client.get(page).content.decode()
    assert "Bulb" in english and "灯泡" not in english
    assert "电线" in english  # it has no other
    chinese = caller_of(company, "engineer", language="zh-hans").client.get(page).content.decode()
    assert "灯泡" in chinese and "Bulb" not in chinese
    (row,) = engineer.client.get("/office/boms/rows?fields=parent,revision").json()["rows"]
    assert (row["parent"], row["parent_called"]) == ("LAMP", "Desk lamp")
    card = f"/desk/item/{lamp['id']}"
    assert "Desk lamp" in engineer.client.get(card).content.decode()


def test_what_a_row_refers_to_stands_with_its_name_and_opens(company):
    engineer = caller_of(company, "engineer", language="zh-hans")
    engineer.added("/items", code="LAMP", name="台灯", kind="make")
    press = engineer.added("/resources", code="PRESS", name="冲压机", minutes_per_day=480)
    step = engineer.added("/operations", parent="LAMP", seq=10, resource="PRESS", name="冲底座", run_minutes="1")
    page = engineer.client.get(f"/office/operations/{step['id']}/").content.decode()
    assert "台灯" in page and "冲压机" in page and f'href="/desk/resource/{press["id"]}"' in page
    (row,) = engineer.client.get("/office/operations/rows?fields=parent,resource").json()["rows"]
    assert (row["resource"], row["resource_called"]) == ("PRESS", "冲压机")
    assert row["resource_page"] == f"/desk/resource/{press['id']}"


def test_pages_are_found_by_their_names_in_either_language(company):
    chinese, english = (caller_of(company, "storekeeper", language=tongue) for tongue in ("zh-hans", "en"))
    assert "拣料单" in found(chinese, "Pick lists") and "Pick lists" in found(english, "拣料单")


def test_a_place_that_only_the_books_have_goes_by_its_words_alone(company):
    storekeeper = caller_of(company, "storekeeper", language="zh-hans")
    caller_of(company, "owner").added("/locations", code="~transit", name="Transit", kind="transit")
    for sought in ("在途", "transit"):
        told = found(storekeeper, sought)
        assert "在途" in told and "~transit" not in told and "Transit" not in told
    listed = storekeeper.client.get("/office/locations/").content.decode()
    assert "Transit" not in listed[listed.index("<tbody") : listed.index("</tbody>")]
    (row,) = storekeeper.client.get("/office/locations/rows?filter[code][eq]=~transit").json()["rows"]
    assert (row["code_words"], row["name_words"]) == ("在途", "")


def test_an_english_reader_sees_the_english_name_first(company):
    from huoku.server.office.grid.columns import columns_of
    from huoku.server.platform.tables.table import TABLES

    actor = caller_of(company, "engineer").actor
    english, chinese = ([each.name for each in columns_of(TABLES["items"], actor, lang)] for lang in ("en", "zh"))
    assert english[:3] == ["code", "name_en", "name"]
    assert chinese[:2] == ["code", "name"] and "name_en" not in chinese


def named_person(company, role, name):
    caller = caller_of(company, role, language="en")
    caller.actor.user.name = name
    caller.actor.user.save()
    return caller


def test_people_stand_by_their_names_and_by_their_logins_where_two_share_one(company):
    wang = named_person(company, "engineer", "王芳")
    wang.added("/items", code="W-1", name="one")
    owner = caller_of(company, "owner", language="zh-hans")
    login, last = wang.actor.user.username, "/office/audit_entries/rows?sort=-id&limit=1"
    assert owner.client.get(last).json()["rows"][0]["by"] == "王芳"
    assert owner.get("/audit_entries?sort=-id&limit=1").json()["rows"][0]["by"] == login  # programs know logins
    by_name = owner.client.get("/office/audit_entries/rows", {"filter[by][contains]": "王芳"}).json()["rows"]
    assert by_name and {row["by"] for row in by_name} == {"王芳"}
    page = owner.client.get(f"/office/audit_entries/{by_name[0]['id']}/").content.decode()
    assert "王芳" in page and login not in page
    assert "王芳" in owner.client.get("/office/audit_entries/?as=csv").content.decode()

    named_person(company, "buyer", "王芳")
    assert owner.client.get(last).json()["rows"][0]["by"] == f"王芳 ({login})"


def test_who_has_left_is_called_by_his_name_still(company):
    from huoku.server.platform.models import Membership

    gone = named_person(company, "engineer", "李雷")
    item = gone.added("/items", code="L-1", name="one")
    Membership.objects.of(company).filter(user=gone.actor.user).delete()
    owner = caller_of(company, "owner", language="zh-hans")
    tab = owner.client.get(f"/desk/item/{item['id']}?tab=changes").content.decode()
    assert "李雷" in tab and gone.actor.user.username not in tab
