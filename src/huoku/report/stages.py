"""The stages of a company in words."""

from collections.abc import Mapping

from huoku.factory.stage import Stage
from huoku.language import Sentence

STAGES: Mapping[Stage, Sentence] = {
    "startup": Sentence("初创企业", "a start-up"),
    "growth": Sentence("成长期企业", "a growing company"),
    "expansion": Sentence("扩张期企业", "an expanding company"),
}
