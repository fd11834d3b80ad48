from django.urls import URLPattern, path

from cohorts.views import schedule_mail

urlpatterns: list[URLPattern] = [
    path("cohorts/mail/", schedule_mail.preferences, name="class_mail"),
    path("cohorts/mail/stop/<str:token>/", schedule_mail.stop, name="class_mail_stop"),
]
