from django.urls import URLPattern, path

from cohorts.views import classes, copying, join_code, joining, log, looking, settings

CLASS = "cohorts/<slug:cohort>/"

urlpatterns: list[URLPattern] = [
    path("cohorts/", classes.cohorts, name="cohorts"),
    path("cohorts/new/", classes.new, name="cohort_new"),
    path("cohorts/look/stop/", looking.stop, name="look_stop"),
    path("join/", joining.join_form, name="join_form"),
    path("join/<str:code>/", joining.join, name="join"),
    path(f"{CLASS}leave/", joining.leave, name="cohort_leave"),
    path(f"{CLASS}join-code/", join_code.join_code, name="join_code"),
    path(f"{CLASS}join-code/screen/", join_code.screen, name="join_screen"),
    path(f"{CLASS}join-code/reset/", join_code.reset, name="join_code_reset"),
    path(f"{CLASS}settings/", settings.class_settings, name="class_settings"),
    path(f"{CLASS}archive/", settings.archive, name="class_archive"),
    path(f"{CLASS}unarchive/", settings.unarchive, name="class_unarchive"),
    path(f"{CLASS}copy/", copying.copy, name="class_copy"),
    path(f"{CLASS}hand-over/", settings.hand_over, name="class_hand_over"),
    path(f"{CLASS}log/", log.class_log, name="class_log"),
    path(f"{CLASS}look/", looking.look, name="class_look"),
]
