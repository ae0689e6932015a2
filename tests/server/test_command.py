"""The one way to write: a command is carried out once, whoever sends it how often."""

import pytest

from huoku.server.platform.refusals import KeyReused, Refused


@pytest.fixture
def add_site():
    from huoku.server.platform.commands.companies import AddSite, add_site

    return lambda code: (add_site, AddSite(code=code, name="East plant"))


def test_a_command_sent_twice_is_carried_out_once_and_answered_alike(owner, add_site):
    from huoku.server.platform.command import perform
    from huoku.server.platform.models import Site

    first, second = (perform(*add_site("EAST"), actor=owner, key="k1") for _ in range(2))
    assert (first.answer, first.is_repeat, second.is_repeat) == (second.answer, False, True)
    assert Site.objects.of(owner.company).count() == 1


def test_a_key_is_not_good_for_a_second_request(owner, add_site):
    from huoku.server.platform.command import perform

    perform(*add_site("EAST"), actor=owner, key="k1")
    with pytest.raises(KeyReused):
        perform(*add_site("WEST"), actor=owner, key="k1")


def test_a_refusal_is_repeated_word_for_word(owner, add_site):
    from huoku.server.platform.canonical import canonical
    from huoku.server.platform.command import perform

    perform(*add_site("EAST"), actor=owner, key="k1")
    answers = []
    for _ in range(2):
        with pytest.raises(Refused) as refusal:
            perform(*add_site("EAST"), actor=owner, key="k2")
        answers.append(canonical(refusal.value.as_problem()))
    assert answers[0] == answers[1] and b"code_taken" in answers[0]
