"""Making and ending keys for programs."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field, StringConstraints

from huoku.language import Sentence
from huoku.server.platform.command import At, command
from huoku.server.platform.commands.invitations import Digest
from huoku.server.platform.models import ApiToken
from huoku.server.platform.refusals import NotAllowed, NotFound, Refused
from huoku.server.platform.requests import Asked, Id
from huoku.server.platform.rights import MANAGE_PEOPLE, OWN_TOKENS
from huoku.server.platform.roles import is_right


class TokensMakeNoTokens(Refused):
    code, status = "tokens_make_no_tokens", 403
    words = Sentence("令牌不能再生成令牌，请本人登录后操作。", "A token makes no tokens; sign in yourself for that.")


class AddToken(Asked):
    """``prefix`` and ``digest`` are those of ``tokens.new_secret``: the secret itself is not handed on."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
    prefix: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
    digest: Digest
    rights: Annotated[list[str], Field(min_length=1, max_length=200)]
    days: Annotated[int, Field(ge=1, le=730)] = 365


class OneToken(Asked):
    token: Id


@command(right=OWN_TOKENS)
def add_token(at: At, request: AddToken) -> dict[str, object]:
    """A key that acts as whoever makes it, with some of his rights. Raises NotAllowed for a right he has not."""
    if at.actor.scopes is not None or at.actor.user is None:
        raise TokensMakeNoTokens()
    for name in request.rights:
        if not is_right(name) or not at.actor.may(name):
            raise NotAllowed(field="rights", right=name)
    facts = {"name": request.name, "prefix": request.prefix, "rights": sorted(set(request.rights))}
    token = ApiToken.objects.create(
        company_id=at.company_id,
        user=at.actor.user,
        digest=bytes.fromhex(request.digest),
        made_at=at.now,
        expires_at=at.now + timedelta(days=request.days),
        **facts,
    )
    at.changed(token, {}, {**facts, "expires_at": token.expires_at})
    return {"token": token.pk, "prefix": token.prefix, "expires_at": token.expires_at}


@command(right=OWN_TOKENS)
def revoke_token(at: At, request: OneToken) -> dict[str, object]:
    """It opens nothing from now on. One's own; whoever manages people may end anybody's. Raises NotFound."""
    living = ApiToken.objects.of(at.company_id).filter(pk=request.token, revoked_at=None)
    if not at.actor.may(MANAGE_PEOPLE):
        living = living.filter(user=at.actor.user)
    token = living.first()
    if token is None:
        raise NotFound(field="token", what="token", value=request.token)
    living.update(revoked_at=at.now)
    at.changed(token, {"revoked_at": None}, {"revoked_at": at.now})
    return {"token": token.pk}
