"""The addresses of one's own account. Those of django-allauth that we do not want are covered by our own."""

from allauth.urls import urlpatterns as of_allauth
from django.urls import include, path
from django.views.i18n import set_language

from huoku.server.account import views

urlpatterns = [
    path("", views.home, name="account_home"),
    path("company/", views.choose, name="account_company"),
    path("join/<str:secret>/", views.join_by_link),
    path("join/", views.join, name="account_join"),
    path("language/", set_language, name="account_language"),
    path("password/reset/", views.lost_password),
    path("email/", views.home),
    path("", include(of_allauth)),
]
