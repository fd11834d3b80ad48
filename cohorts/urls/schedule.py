from django.urls import URLPattern, path

from cohorts.views import (
    calendar,
    calendar_feed,
    schedule,
    schedule_extensions,
    schedule_mail,
    schedule_moves,
)

CALENDAR = "cohorts/calendar/"
EXTENSIONS = "cohorts/<slug:cohort>/extensions/"
EXTENSION = f"{EXTENSIONS}<int:extension>/"

urlpatterns: list[URLPattern] = [
    path(CALENDAR, calendar.mine, name="class_calendar_mine"),
    path(f"{CALENDAR}on/", calendar_feed.turn_on, name="class_calendar_on"),
    path(f"{CALENDAR}reset/", calendar_feed.reset, name="class_calendar_reset"),
    path(f"{CALENDAR}off/", calendar_feed.turn_off, name="class_calendar_off"),
    path(f"{CALENDAR}<str:token>.ics", calendar_feed.ics, name="class_calendar_feed"),
    path("cohorts/<slug:cohort>/calendar/", calendar.calendar, name="cohort_calendar"),
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
    path(EXTENSIONS, schedule_extensions.extensions, name="cohort_extensions"),
    path(f"{EXTENSIONS}give/", schedule_extensions.give, name="cohort_extension_give"),
    path(EXTENSION, schedule_extensions.change, name="cohort_extension"),
    path(
        f"{EXTENSION}take-back/", schedule_extensions.take_back, name="cohort_extension_take_back"
    ),
]
