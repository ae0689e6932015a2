"""How people sign in: password, a second factor, passkeys, another system's sign-in. All by django-allauth."""

from huoku.server.given import given

GIVEN = given()

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "office_home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "huoku.server.account.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if GIVEN.https else "http"
# Counted before the password is looked at, in the shared cache, and given back after a success: whatever the number of
# workers, nobody tries more than 5 passwords or codes a minute on one account, or 20 from one address.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,5/m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = GIVEN.proxies

MFA_ADAPTER = "huoku.server.account.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn"]
MFA_FORMS = {
    "authenticate": "huoku.server.account.forms.SecondFactorForm",
    "reauthenticate": "huoku.server.account.forms.AgainForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "huoku"
MFA_RATE_LIMITS = {"webauthn_login": "20/m/ip"}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = GIVEN.debug

SOCIALACCOUNT_ADAPTER = "huoku.server.account.adapter.SocialAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_STORE_TOKENS = False
_OTHER_SYSTEM = {
    "provider_id": "oidc",
    "name": GIVEN.oidc_name or "OpenID Connect",
    "client_id": GIVEN.oidc_client,
    "secret": GIVEN.oidc_secret,
    "settings": {"server_url": GIVEN.oidc_server},
}
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "provider_class": "huoku.server.account.openid.provider.CheckedProvider",
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [_OTHER_SYSTEM] if GIVEN.oidc_server else [],
    }
}

# When a session ends, and sooner when it is not used, ``account/session_limits.py`` sees to at the server.
SESSION_COOKIE_AGE = GIVEN.session_minutes * 60
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60
