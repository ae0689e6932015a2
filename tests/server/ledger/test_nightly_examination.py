"""Each night the books are examined; whoever answers for them hears what does not hold, and where to look."""

from tests.server.ledger.test_doctor import forged


def nights(warehouse):
    from huoku.server.alerts.models import Examination

    return list(Examination.objects.of(warehouse.company).order_by("pk"))


def open_tasks(warehouse):
    from huoku.server.documents.models import Task

    return list(Task.objects.of(warehouse.company).filter(kind="anomalies", state="open").order_by("role"))


def test_a_night_on_which_everything_holds_is_kept_and_nobody_is_bothered(warehouse):
    from huoku.server.running.examination import nightly

    warehouse.receive(warehouse.item(), 10)
    assert nightly() == 0
    (night,) = nights(warehouse)
    assert (night.wrong, night.doubtful, open_tasks(warehouse)) == (0, 0, [])


def test_a_balance_changed_behind_the_servers_back_is_told_to_those_who_answer_for_the_books(warehouse):
    from huoku.server.running.examination import nightly

    warehouse.receive(warehouse.item(), 10)
    forged("UPDATE ledger_stockhead SET on_hand = on_hand + 7 WHERE on_hand = 10")
    nightly()
    (night,) = nights(warehouse)
    (found,) = night.anomalies.all()
    assert (night.wrong, found.rule) == (1, "I2")
    assert found.text_en == "BOLT at STORAGE: the head's on_hand is 7 off the sum over its lots."
    assert found.streams.startswith("movements/")
    assert [task.role for task in open_tasks(warehouse)] == ["admin", "finance", "owner"]
    assert all("BOLT" in task.text_zh and task.row == night.pk for task in open_tasks(warehouse))


def test_the_next_night_speaks_of_what_is_wrong_then(warehouse):
    from huoku.server.running.examination import nightly

    warehouse.receive(warehouse.item(), 10)
    forged("UPDATE ledger_stockhead SET on_hand = on_hand + 7 WHERE on_hand = 10")
    nightly()
    nightly()
    assert {task.row for task in open_tasks(warehouse)} == {nights(warehouse)[1].pk}
    forged("UPDATE ledger_stockhead SET on_hand = on_hand - 7 WHERE on_hand = 17")
    nightly()
    assert open_tasks(warehouse) == []
