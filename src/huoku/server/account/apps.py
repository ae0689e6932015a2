from django.apps import AppConfig
from django.conf import settings

from huoku.errors import UsageError
from huoku.language import Sentence

NO_ROLE = Sentence(
    "second_factor_for：没有角色 {name}；有 {known}", "second_factor_for: there is no role {name}; there are {known}"
)


class AccountConfig(AppConfig):
    name = "huoku.server.account"
    label = "huoku_account"
    verbose_name = "Account"

    def ready(self) -> None:
        """Raises UsageError where the settings ask for a second factor of a role that there is not."""
        from allauth.account.signals import user_logged_in
        from allauth.mfa.signals import authenticator_added, authenticator_removed

        from huoku.server.account import recovery, second_factor, security_log, session_limits
        from huoku.server.account.openid.answers import note_strength
        from huoku.server.platform.roles import Role

        security_log.listen()
        session_limits.listen()
        user_logged_in.connect(note_strength, dispatch_uid="huoku strength elsewhere")
        authenticator_added.connect(second_factor.count_what_was_set_up, dispatch_uid="huoku set up")
        if unknown := sorted(set(settings.GIVEN.second_factor_for) - set(Role)):
            raise UsageError(NO_ROLE, name=unknown[0], known=", ".join(Role))
        authenticator_removed.connect(recovery.forget_with_the_last_factor, dispatch_uid="huoku last factor")
