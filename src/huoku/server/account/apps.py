from django.apps import AppConfig


class AccountConfig(AppConfig):
    name = "huoku.server.account"
    label = "huoku_account"
    verbose_name = "Account"

    def ready(self) -> None:
        from huoku.server.account.security_log import listen

        listen()
