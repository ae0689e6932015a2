"""People as pages name them."""

from django import template

from huoku.server.platform.actor import Actor
from huoku.server.platform.called import person_called
from huoku.server.platform.models import User

register = template.Library()


@register.filter
def person(user: User | None, actor: Actor) -> str:
    """What somebody is called in the reader's company: ``{{ comment.made_by|person:actor }}``."""
    return person_called(user, actor.company.pk)
