from django.urls import URLPattern, URLResolver, include, path

from accounts import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.account, name="account"),
    path("preferences/", views.preferences, name="preferences"),
    path("export/", views.export, name="export"),
    path("erase/", views.erase, name="erase"),
    path("erase/confirm/", views.erase_confirm, name="erase_confirm"),
    path("", include("allauth.urls")),
]
