import pytest
from django.apps import apps
from django.conf import settings

from accounts import privacy
from accounts.privacy import Section, register, sections


@pytest.fixture
def nothing_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(privacy, "_sections", [])


def section(slug: str) -> Section:
    return Section(slug, slug, lambda user: [], "Deleted.")


@pytest.mark.usefixtures("nothing_registered")
def test_later_apps_come_first() -> None:
    register(section("attempts"))
    register(section("enrolments"), section("ticks"))
    assert [known.slug for known in sections()] == ["enrolments", "ticks", "attempts"]


@pytest.mark.usefixtures("nothing_registered")
def test_slug_is_taken_once() -> None:
    register(section("ticks"))
    with pytest.raises(ValueError, match="a slug of its own"):
        register(section("ticks"))
    with pytest.raises(ValueError, match="a slug of its own"):
        register(section("new"), section("new"))
    assert [known.slug for known in sections()] == ["ticks"]


def test_every_table_about_people_has_a_section() -> None:
    """A new model with a key to a person belongs into a section, then into this list."""
    with_people = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.fields
        if field.remote_field and field.remote_field.model._meta.label == settings.AUTH_USER_MODEL
    }
    assert with_people == {
        "account.EmailAddress",
        "admin.LogEntry",
        "cohorts.Announcement",
        "cohorts.CalendarFeed",
        "cohorts.Extension",
        "cohorts.Grade",
        "cohorts.Invitation",
        "cohorts.LogEntry",
        "cohorts.MailPreferences",
        "cohorts.Membership",
        "cohorts.Note",
        "cohorts.PendingImport",
        "cohorts.Post",
        "cohorts.Report",
        "cohorts.Thread",
        "courses.ConceptTick",
        "courses.Edition",
        "courses.Enrolment",
        "courses.Image",
        "courses.LessonDraft",
        "courses.LessonPreview",
        "courses.LessonProgress",
        "courses.ReadmeImport",
        "courses.ReferenceTick",
        "courses.Revision",
        "mfa.Authenticator",
        "quizzes.Attempt",
        "quizzes.QuestionPreview",
        "quizzes.Regrade",
        "quizzes.ReviewCard",
        "quizzes.ReviewLog",
        "quizzes.ReviewPreferences",
        "quizzes.ScoreChange",
    }
    assert {known.slug for known in sections()} == {
        "profile",
        "email-addresses",
        "second-factors",
        "admin-history",
        "enrolments",
        "concept-ticks",
        "reference-ticks",
        "lesson-progress",
        "revisions",
        "editions",
        "lesson-drafts",
        "lesson-previews",
        "images",
        "readme-imports",
        "attempts",
        "regrades",
        "grades-given",
        "question-previews",
        "review-cards",
        "reviews",
        "review-preferences",
        "classes",
        "class-work",
        "class-grades",
        "class-extensions",
        "class-reminders",
        "class-notes-about",
        "class-log-about",
        "class-invitations",
        "class-calendar",
        "class-mail",
        "class-questions",
        "class-answers",
        "class-announcements",
        "class-reports",
        "class-notes",
        "class-grades-given",
        "class-extensions-given",
        "class-invitations-sent",
        "class-uploads",
        "class-reports-settled",
        "class-log",
    }


def test_everything_of_a_membership_has_a_section() -> None:
    """A new model with a key to a membership belongs into a section, then into this list."""
    of_memberships = {
        relation.related_model._meta.label
        for relation in apps.get_model("cohorts", "Membership")._meta.related_objects
    }
    assert of_memberships == {
        "cohorts.Extension",
        "cohorts.Grade",
        "cohorts.LogEntry",
        "cohorts.Note",
        "cohorts.Reminder",
        "cohorts.Submission",
    }
