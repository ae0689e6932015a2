"""What came of a long request is told in words, and what to do where it failed."""

import json
import re

import pytest
from tests.server.api.conftest import call, caller_of

from huoku.server.platform.roles import Role

__all__ = ["call"]


@pytest.fixture
def told(call, company, at_desk):
    """The page of the last job, as its sender's administrator reads it, without its marks."""
    from huoku.server.platform.jobs.long import run_waiting
    from huoku.server.platform.models import Job
    from huoku.server.platform.scope import entered

    def read(language=None, work=True):
        if work:
            run_waiting()
        with entered(company):
            last = Job.objects.of(company).latest("pk")
        page = at_desk(company, Role.ADMIN).read(f"/office/jobs/{last.pk}/")
        assert '{"' not in page and "{&quot;" not in page, "no answer is shown as it is stored"
        return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", page[page.index("<h1") :]))

    return read


def test_rows_that_were_refused_are_named_with_what_is_wrong(call, told):
    call.post("/items", [{"code": "A"}, {"code": "A"}], key="k", Prefer="respond-async")
    assert "在排队" in told(work=False)
    page = told()
    assert "1 行办妥，1 行没有办" in page and "第 2 行" in page and "只改没办的行" in page


def test_what_was_refused_as_a_whole_says_why_and_what_to_do(call, company, told):
    from huoku.server.platform.models import Membership
    from huoku.server.platform.scope import entered

    engineer = caller_of(company, "engineer")
    engineer.post("/items", {"code": "A"}, Prefer="respond-async")
    with entered(company):
        Membership.objects.of(company).filter(user=engineer.actor.user).update(role="sales")
    page = told()
    assert "没有办成" in page and "请有这个权限的人提交" in page


def test_a_fault_of_ours_can_be_repeated(call, company, told, monkeypatch):
    from huoku.server.platform.jobs import long

    def breaks(actor, job):
        raise RuntimeError("the disk is full")

    monkeypatch.setitem(long.WORKS, "call", breaks)
    call.post("/items", {"code": "A"}, Prefer="respond-async")
    page = told()
    assert "服务器出错了" in page and "再试一次" in page and "disk" not in page


def test_a_record_that_does_not_hold_says_where(call, company, told):
    from huoku.server.platform.models import Job
    from huoku.server.platform.scope import entered

    call.post("/audit_entries/verify")
    assert "没有一条被改过" in told()
    found = {"code": "gap", "where": "items/0 #7", "zh": "少了一条", "en": "one is missing"}
    with entered(company):
        Job.objects.of(company).update(answer=json.dumps({"is_whole": False, "findings": [found]}))
    page = told(work=False)
    assert "1 处对不上" in page and "items/0 #7" in page and "少了一条" in page


def test_one_call_that_was_done_says_what_it_did(call, told):
    call.post("/items", {"code": "A"}, Prefer="respond-async")
    assert "办妥了：新建物料" in told()
