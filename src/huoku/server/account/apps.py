from django.apps import AppConfig


class AccountConfig(AppConfig):
    name = "huoku.server.account"
    label = "huoku_account"
    verbose_name = "Account"

    def ready(self) -> None:
        from huoku.server.account import security_log, session_limits

        security_log.listen()
        session_limits.listen()
