from django.urls import URLPattern, path

from cohorts.views import home, learner, overview

urlpatterns: list[URLPattern] = [
    path("cohorts/<slug:cohort>/at-risk/", overview.risk_list, name="at_risk"),
    path("cohorts/<slug:cohort>/people/<int:member>/", learner.class_learner, name="class_learner"),
    path("cohorts/<slug:cohort>/people/<int:member>/notes/", learner.notes, name="class_notes"),
    path("cohorts/<slug:cohort>/notes/<int:note>/delete/", learner.note_delete, name="note_delete"),
    path("cohorts/<slug:cohort>/", home.cohort, name="cohort"),
]
