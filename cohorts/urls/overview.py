from django.urls import URLPattern, path

from cohorts.views import home

urlpatterns: list[URLPattern] = [
    path("cohorts/<slug:cohort>/", home.cohort, name="cohort"),
]
