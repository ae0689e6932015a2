"""The addresses of one's own account. Those of django-allauth that we do not want are covered by our own."""

from allauth.urls import urlpatterns as of_allauth
from django.urls import include, path

from huoku.server.account import views
from huoku.server.account.own_language import choose_language
from huoku.server.account.pages import notices, people, person, recovery, roles, tokens

urlpatterns = [
    path("", views.home, name="account_home"),
    path("company/", views.choose, name="account_company"),
    path("join/<str:secret>/", views.join_by_link, name="account_join_by_link"),
    path("join/", views.join, name="account_join"),
    path("language/", choose_language, name="account_language"),
    path("password/reset/", views.lost_password),
    path("email/", views.home),
    path("people/", people.people, name="account_people"),
    path("people/<int:user_id>/", person.person, name="account_person"),
    path("people/<int:user_id>/roles/", person.add_role, name="account_add_role"),
    path("people/<int:user_id>/roles/<int:membership_id>/", person.change_role, name="account_change_role"),
    path("people/<int:user_id>/sign-out/", person.sign_out, name="account_sign_out"),
    path("people/<int:user_id>/second-factor/", person.second_factor, name="account_second_factor"),
    path("people/<int:user_id>/dismiss/", person.dismiss, name="account_dismiss"),
    path("roles/", roles.roles, name="account_roles"),
    path("people/<int:user_id>/password/", people.new_password, name="account_new_password"),
    path("tokens/", tokens.tokens, name="account_tokens"),
    path("tokens/<int:token_id>/end/", tokens.end_token, name="account_end_token"),
    path("notices/", notices.notices, name="account_notices"),
    path("notices/robots/", notices.robots, name="account_robots"),
    path("notices/<int:receiver_id>/", notices.robot, name="account_robot"),
    path("notices/<int:receiver_id>/test/", notices.test, name="account_notice_test"),
    path("notices/<int:receiver_id>/confirm/", notices.confirm, name="account_notice_confirm"),
    path("notices/<int:receiver_id>/turn/", notices.turn, name="account_notice_turn"),
    path("notices/messages/<int:delivery_id>/again/", notices.again, name="account_notice_again"),
    path("2fa/recovery-codes/", recovery.recovery_codes, name="account_recovery_codes"),
    path("", include(of_allauth)),
]
