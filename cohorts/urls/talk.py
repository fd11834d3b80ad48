from django.urls import URLPattern, path

from cohorts.views import announcements, talk, talk_acts, talk_lesson, talk_reports

ANNOUNCEMENTS = "cohorts/<slug:cohort>/announcements/"
ANNOUNCEMENT = f"{ANNOUNCEMENTS}<int:announcement>/"
QUESTIONS = "cohorts/<slug:cohort>/questions/"
QUESTION = f"{QUESTIONS}<int:thread>/"
ANSWER = "cohorts/<slug:cohort>/answers/<int:post>/"
REPORTS = "cohorts/<slug:cohort>/reports/"
LESSON = "cohorts/<slug:cohort>/lessons/<int:lesson>/"

urlpatterns: list[URLPattern] = [
    path(ANNOUNCEMENTS, announcements.announcements, name="announcements"),
    path(f"{ANNOUNCEMENTS}new/", announcements.new_announcement, name="new_announcement"),
    path(ANNOUNCEMENT, announcements.announcement, name="announcement"),
    path(f"{ANNOUNCEMENT}edit/", announcements.edit_announcement, name="edit_announcement"),
    path(f"{ANNOUNCEMENT}delete/", announcements.delete_announcement, name="delete_announcement"),
    path(QUESTIONS, talk.threads, name="threads"),
    path(f"{QUESTIONS}ask/", talk.ask, name="ask"),
    path(QUESTION, talk.thread, name="thread"),
    path(f"{QUESTION}edit/", talk_acts.edit_thread, name="edit_thread"),
    path(f"{QUESTION}resolve/", talk_acts.resolve_thread, name="resolve_thread"),
    path(f"{QUESTION}hide/", talk_acts.hide_thread, name="hide_thread"),
    path(f"{QUESTION}report/", talk_reports.report_thread, name="report_thread"),
    path(f"{ANSWER}edit/", talk_acts.edit_post, name="edit_post"),
    path(f"{ANSWER}delete/", talk_acts.delete_post, name="delete_post"),
    path(f"{ANSWER}hide/", talk_acts.hide_post, name="hide_post"),
    path(f"{ANSWER}pin/", talk_acts.pin_post, name="pin_post"),
    path(f"{ANSWER}report/", talk_reports.report_post, name="report_post"),
    path(REPORTS, talk_reports.reports, name="reports"),
    path(f"{REPORTS}<int:report>/settle/", talk_reports.settle_report, name="settle_report"),
    path(LESSON, talk_lesson.class_lesson, name="class_lesson"),
]
