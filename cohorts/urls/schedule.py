from django.urls import URLPattern, path

from cohorts.views import schedule, schedule_mail, schedule_moves

urlpatterns: list[URLPattern] = [
    path("cohorts/mail/", schedule_mail.preferences, name="class_mail"),
    path("cohorts/mail/stop/<str:token>/", schedule_mail.stop, name="class_mail_stop"),
    path("cohorts/<slug:cohort>/schedule/", schedule.schedule, name="cohort_schedule"),
    path("cohorts/<slug:cohort>/schedule/edit/", schedule.edit, name="cohort_schedule_edit"),
    path("cohorts/<slug:cohort>/schedule/undo/", schedule.undo, name="cohort_schedule_undo"),
    path(
        "cohorts/<slug:cohort>/schedule/shift/", schedule_moves.shift, name="cohort_schedule_shift"
    ),
    path(
        "cohorts/<slug:cohort>/schedule/spread/",
        schedule_moves.spread,
        name="cohort_schedule_spread",
    ),
]
