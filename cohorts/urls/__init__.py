from django.urls import URLPattern

from cohorts.urls import (
    classes,
    exports,
    gradebook,
    grading,
    overview,
    people,
    schedule,
    talk,
    work,
)

# Fixed words come before `/cohorts/<cohort>/`, which `overview` therefore has last.
urlpatterns: list[URLPattern] = [
    *people.urlpatterns,
    *schedule.urlpatterns,
    *work.urlpatterns,
    *grading.urlpatterns,
    *exports.urlpatterns,
    *gradebook.urlpatterns,
    *talk.urlpatterns,
    *classes.urlpatterns,
    *overview.urlpatterns,
]
