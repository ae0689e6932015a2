"""What the page of places says in more than one place."""

from huoku.language import Sentence

NOWHERE = Sentence("不属于厂区", "Of no site")
