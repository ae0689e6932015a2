from django.apps import AppConfig


class AccountConfig(AppConfig):
    name = "huoku.server.account"
    label = "huoku_account"
    verbose_name = "Account"

    def ready(self) -> None:
        from allauth.account.signals import user_logged_in

        from huoku.server.account import security_log, session_limits
        from huoku.server.account.openid.answers import note_strength

        security_log.listen()
        session_limits.listen()
        user_logged_in.connect(note_strength, dispatch_uid="huoku strength elsewhere")
