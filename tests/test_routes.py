"""Every route as every persona, with the answer expected; a route that is not listed fails.

A line holds the answers to GET and to an empty POST: one for all personas, or one each for
anonymous, learner, stranger, teacher, editor and superuser. The attempt is the learner's.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from cohorts.models import Invitation, LogEntry
from courses.history.editions import make_edition
from courses.models import Course, Image, Link, ReadmeImport, Status, Track
from courses.progress import tick_concept
from quizzes import attempts
from quizzes.models import Attempt, Question, Quiz, Regrade, ReviewCard, ScoreChange
from quizzes.review.reminders import token_of
from tests import people
from tests.class_factories import MembershipFactory
from tests.factories import (
    ConceptFactory,
    LessonFactory,
    NotebookFactory,
    ReferenceFactory,
    TermFactory,
    TrackFactory,
)
from tests.quiz_factories import quiz_with
from tests.review_factories import CardFactory, LogFactory

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)

ROUTES = {
    "/": ("200 302 302 302 302 302", "405"),
    "/today/": ("302 200 200 200 200 200", "302 405 405 405 405 405"),
    "/acknowledgements/": ("200", "405"),
    "/accessibility/": ("200", "405"),
    "/privacy/": ("200", "405"),
    "/healthz": ("200", "405"),
    "/readyz": ("200", "405"),
    "/outbox/": ("404", "405"),
    "/accounts/": ("302 200 200 200 200 200", "302 405 405 405 405 405"),
    "/accounts/preferences/": ("405", "302 200 200 200 200 200"),
    "/accounts/export/": ("405", "302 200 200 200 200 200"),
    "/accounts/erase/": ("302", "302"),
    "/accounts/erase/confirm/": ("302", "302"),
    "/accounts/login/": ("200 302 302 302 302 302", "200 302 302 302 302 302"),
    "/accounts/logout/": ("302 200 200 200 200 200", "302"),
    "/accounts/inactive/": ("200", "405"),
    "/accounts/signup/": ("200 302 302 302 302 302", "200 302 302 302 302 302"),
    "/accounts/reauthenticate/": ("302 200 200 200 200 200", "302 200 200 200 200 200"),
    "/accounts/email/": ("302 200 200 200 200 200", "302"),
    "/accounts/confirm-email/": ("302", "302"),
    "/accounts/password/change/": ("302 200 200 200 200 200", "302 200 200 200 200 200"),
    "/accounts/password/set/": ("302", "302"),
    "/accounts/password/reset/": ("200", "200"),
    "/accounts/login/code/confirm/": ("302", "302"),
    "/accounts/password/reset/key/done/": ("200", "405"),
    "/accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": ("200", "200"),
    "/accounts/password/reset/done/": ("200", "405"),
    "/accounts/2fa/": ("302 200 200 200 200 200", "302 405 405 405 405 405"),
    "/accounts/2fa/authenticate/": ("302", "302"),
    "/accounts/2fa/reauthenticate/": (
        "302 302 302 302 302 200",
        "302 302 302 302 302 200",
    ),
    "/accounts/2fa/totp/activate/": ("302", "302"),
    "/accounts/2fa/totp/deactivate/": (
        "302 404 404 404 404 302",
        "302 404 404 404 404 302",
    ),
    "/accounts/2fa/recovery-codes/": ("302 404 404 404 404 404", "302 405 405 405 405 405"),
    "/accounts/2fa/recovery-codes/generate/": ("302", "302"),
    "/accounts/2fa/recovery-codes/download/": (
        "302 404 404 404 404 404",
        "302 404 404 404 404 404",
    ),
    "/accounts/2fa/webauthn/": ("302 200 200 200 200 200", "302 405 405 405 405 405"),
    "/accounts/2fa/webauthn/add/": ("302", "302"),
    "/accounts/2fa/webauthn/reauthenticate/": ("302", "302"),
    "/accounts/2fa/webauthn/keys/<int:pk>/remove/": ("302", "302"),
    "/accounts/2fa/webauthn/keys/<int:pk>/edit/": ("302", "302"),
    "/accounts/2fa/webauthn/login/": ("302", "302"),
    "/courses/": ("302", "405"),
    "/search/": ("200", "405"),
    "/images/<slug:name>.<slug:ending>": ("200", "405"),
    "/courses/<slug:course>/": ("200", "405"),
    "/courses/<slug:course>/notebooks/": ("200", "405"),
    "/courses/<slug:course>/glossary/": ("200", "405"),
    "/courses/<slug:course>/glossary/<slug:term>/": ("200", "405"),
    "/courses/<slug:course>/enrol/": ("302 200 200 200 200 200", "302"),
    "/courses/<slug:course>/leave/": ("302 200 302 302 302 302", "302"),
    "/courses/<slug:course>/changes/": ("200", "405"),
    "/courses/<slug:course>/changes/feed/": ("200", "405"),
    "/courses/<slug:course>/changes/compare/": ("200", "405"),
    "/courses/<slug:course>/<slug:track>/": ("200", "405"),
    "/courses/<slug:course>/<slug:track>/<slug:lesson>/": ("200", "405"),
    "/courses/<slug:course>/<slug:track>/<slug:lesson>/changes/": ("200", "405"),
    "/courses/<slug:course>/<slug:track>/<slug:lesson>/changes/seen/": (
        "405",
        "302 404 404 404 404 404",
    ),
    "/courses/<slug:course>/<slug:track>/<slug:lesson>/done/": ("405", "302"),
    "/courses/<slug:course>/<slug:track>/<slug:lesson>/references/": (
        "405",
        "302",
    ),
    "/preview/<slug:token>/": ("404", "404"),
    "/concepts/<int:pk>/tick/": ("405", "302"),
    "/references/<int:pk>/tick/": ("405", "302"),
    "/quizzes/preview/<str:token>/": ("404", "404"),
    "/quizzes/<slug:slug>/": ("200", "405"),
    "/quizzes/<slug:slug>/analysis/": ("404 404 404 404 200 200", "405"),
    "/quizzes/<slug:slug>/grading/": ("404 404 404 404 404 200", "404 404 404 404 404 200"),
    "/questions/<int:question_id>/analysis/": ("404 404 404 404 200 200", "405"),
    "/questions/<int:question_id>/regrade/": (
        "404 404 404 404 200 200",
        "404 404 404 404 422 422",
    ),
    "/questions/<int:question_id>/regrades/": ("404 404 404 404 200 200", "405"),
    "/quizzes/<slug:slug>/start/": ("405", "302"),
    "/attempts/<uuid:attempt_id>/": ("302 200 404 404 404 404", "405"),
    "/attempts/<uuid:attempt_id>/answers/<int:position>/": ("405", "302 422 404 404 404 404"),
    "/attempts/<uuid:attempt_id>/answers/<int:position>/check/": (
        "405",
        "302 422 404 404 404 404",
    ),
    "/attempts/<uuid:attempt_id>/answers/<int:position>/try/": ("405", "302 404 404 404 404 404"),
    "/attempts/<uuid:attempt_id>/answers/<int:position>/rate/": ("405", "302 404 404 404 404 404"),
    "/attempts/<uuid:attempt_id>/skip/": ("405", "302 404 404 404 404 404"),
    "/attempts/<uuid:attempt_id>/skip/undo/": ("405", "302 404 404 404 404 404"),
    "/attempts/<uuid:attempt_id>/cards/": ("401 200 404 404 404 404", "405"),
    "/attempts/<uuid:attempt_id>/submit/": ("405", "302 302 404 404 404 404"),
    "/attempts/<uuid:attempt_id>/results/": ("302 302 404 404 404 404", "405"),
    "/review/": ("302 200 200 200 200 200", "302 405 405 405 405 405"),
    "/review/summary/": ("302 200 200 200 200 200", "302 405 405 405 405 405"),
    "/review/more/": ("405", "302"),
    "/review/undo/": ("405", "302"),
    "/review/cards/<int:pk>/check/": ("302 302 404 404 404 404", "302 302 404 404 404 404"),
    "/review/cards/<int:pk>/rate/": ("405", "302 302 404 404 404 404"),
    "/review/cards/": ("302 200 200 200 200 200", "302 405 405 405 405 405"),
    "/review/cards/<int:pk>/": ("302 200 404 404 404 404", "302 405 405 405 405 405"),
    "/review/cards/<int:pk>/aside/": ("405", "302 302 404 404 404 404"),
    "/review/cards/<int:pk>/back/": ("405", "302 302 404 404 404 404"),
    "/review/cards/<int:pk>/again/": ("302 200 404 404 404 404", "302 302 404 404 404 404"),
    "/review/unsubscribe/<str:token>/": ("200", "200"),
    "/review/settings/": ("302 200 200 200 200 200", "302 422 422 422 422 422"),
}

# The admin's pages follow from one policy. Everyone else is sent to sign in.
EDITED = {
    "courses": ("course", "track", "lesson", "concept", "reference", "notebook", "term"),
    "quizzes": ("question", "quiz"),
}
# Looked up by who runs the site alone.
RECORDED = {
    "courses": ("enrolment", "lessonprogress"),
    "quizzes": ("attempt", "response", "scorechange", "reviewcard", "reviewlog"),
    "cohorts": ("cohort", "invitation", "logentry"),
    "django_tasks_database": ("dbtaskresult",),
}
PEOPLE = {"accounts": ("user",), "account": ("emailaddress",), "auth": ("group",)}
APPS = "courses|cohorts|quizzes|auth|accounts|mfa|account|django_tasks_database"
STAFF = "302 302 302"
ADMIN = {
    "/admin/": (f"{STAFF} 200 200 200", f"{STAFF} 200 200 200"),
    "/admin/login/": ("302 403 403 302 302 302", "302 403 403 200 200 200"),
    "/admin/logout/": (f"{STAFF} 405 405 405", f"{STAFF} 200 200 200"),
    "/admin/password_change/": (f"{STAFF} 200 200 200", f"{STAFF} 200 200 200"),
    "/admin/password_change/done/": (f"{STAFF} 200 200 200", f"{STAFF} 405 405 405"),
    "/admin/autocomplete/": (f"{STAFF} 403 403 403", f"{STAFF} 405 405 405"),
    "/admin/jsi18n/": (f"{STAFF} 200 200 200", f"{STAFF} 405 405 405"),
    "/admin/r/<path:content_type_id>/<path:object_id>/": ("302", "302"),
    f"/admin/^(?P<app_label>{APPS})/$": (
        f"{STAFF} 200 200 200",
        f"{STAFF} 200 200 200",
    ),
    "/admin/(?P<url>.*)$": (f"{STAFF} 404 404 404", f"{STAFF} 404 404 404"),
    "/admin/courses/lesson/render/": (f"{STAFF} 405 405 405", f"{STAFF} 403 400 400"),
    "/admin/courses/lesson/frame/": (f"{STAFF} 403 400 400", f"{STAFF} 405 405 405"),
    "/admin/accounts/user/<id>/password/": (f"{STAFF} 403 403 200", f"{STAFF} 403 403 200"),
}


def of_model(
    app: str, model: str, see: str, add: str, delete: str, change: tuple[str, str]
) -> dict[str, tuple[str, str]]:
    """The routes of a model: answers to teacher, editor and superuser."""
    root = f"/admin/{app}/{model}/"
    one = f"{root}<path:object_id>/"
    return {
        root: (f"{STAFF} {see}", f"{STAFF} {see}"),
        f"{root}add/": (f"{STAFF} {add}", f"{STAFF} {add}"),
        f"{one}history/": (f"{STAFF} {see}", f"{STAFF} {see}"),
        f"{one}delete/": (f"{STAFF} {delete}", f"{STAFF} {delete}"),
        f"{one}change/": (f"{STAFF} {change[0]}", f"{STAFF} {change[1]}"),
        one: ("302", "302"),
    }


# Answers to teacher, editor and superuser.
NOBODY, SITE, EDITORS, ALL = "403 403 403", "403 403 200", "403 200 200", "200 200 200"
# Who sees, adds, deletes, and changes: the form, and what it sends.
POLICIES: list[Any] = [
    (EDITED, ALL, EDITORS, SITE, (ALL, EDITORS)),
    (RECORDED, SITE, NOBODY, NOBODY, (SITE, NOBODY)),
    (PEOPLE, SITE, SITE, SITE, (SITE, SITE)),
    ({"mfa": ("authenticator",)}, SITE, NOBODY, SITE, (SITE, NOBODY)),
    ({"cohorts": ("membership",)}, SITE, NOBODY, NOBODY, (SITE, SITE)),
    ({"quizzes": ("regrade",)}, ALL, NOBODY, NOBODY, (ALL, NOBODY)),
    ({"courses": ("image",)}, EDITORS, EDITORS, EDITORS, (EDITORS, EDITORS)),
    ({"courses": ("readmeimport",)}, EDITORS, EDITORS, NOBODY, (EDITORS, NOBODY)),
    ({"courses": ("edition",)}, EDITORS, EDITORS, NOBODY, (EDITORS, EDITORS)),
    ({"courses": ("revision",)}, EDITORS, NOBODY, NOBODY, (EDITORS, EDITORS)),
    ({"courses": ("link",)}, EDITORS, NOBODY, NOBODY, ("403 302 302", NOBODY)),
]
for things, *policy in POLICIES:
    for app, models in things.items():
        for model in models:
            ADMIN |= of_model(app, model, *policy)
for deed in ("read", "write", "discard"):
    ADMIN[f"/admin/courses/readmeimport/<uuid:pk>/{deed}/"] = (
        f"{STAFF} 405 405 405",
        f"{STAFF} 403 302 302",
    )
ADMIN["/admin/courses/image/upload/"] = (f"{STAFF} 405 405 405", f"{STAFF} 403 400 400")
ADMIN |= {
    "/admin/quizzes/question/trial/": (f"{STAFF} 404 404 404", f"{STAFF} 200 200 200"),
    "/admin/quizzes/question/<int:pk>/preview/": (f"{STAFF} 405 405 405", f"{STAFF} 403 302 302"),
    "/admin/quizzes/question/<int:pk>/preview/<int:preview>/end/": (
        f"{STAFF} 405 405 405",
        f"{STAFF} 403 404 404",
    ),
}
LESSON = "/admin/courses/lesson/<int:pk>/"
ADMIN |= {
    f"{LESSON}publish/": (f"{STAFF} 403 200 200", f"{STAFF} 403 302 302"),
    f"{LESSON}unschedule/": (f"{STAFF} 403 405 405", f"{STAFF} 403 302 302"),
    f"{LESSON}discard/": (f"{STAFF} 403 302 302", f"{STAFF} 403 302 302"),
    f"{LESSON}take-back/": (f"{STAFF} 403 200 200", f"{STAFF} 403 302 302"),
    f"{LESSON}place/": (f"{STAFF} 403 200 200", f"{STAFF} 403 200 200"),
    f"{LESSON}previews/": (f"{STAFF} 403 405 405", f"{STAFF} 403 302 302"),
    f"{LESSON}previews/<int:link_id>/end/": (f"{STAFF} 403 405 405", f"{STAFF} 403 302 302"),
    # Edited on the page of its lesson.
    "/admin/courses/concept/<path:object_id>/change/": (
        f"{STAFF} 200 302 302",
        f"{STAFF} 403 302 302",
    ),
}
ARCHIVED = {
    "courses": ("track", "lesson", "concept", "reference", "notebook", "term"),
    "quizzes": ("question", "quiz"),
}
ADMIN |= {
    f"/admin/{app}/{model}/<path:object_id>/{deed}/": (f"{STAFF} 403 200 200",) * 2
    for app, models in ARCHIVED.items()
    for model in models
    for deed in ("archive", "bring-back")
}
for thing in ("courses/reference", "quizzes/question"):
    ADMIN |= {
        # There is no file with the ending `quiz`.
        f"/admin/{thing}/export/<slug:ending>/": (f"{STAFF} 404 404 404", f"{STAFF} 405 405 405"),
        f"/admin/{thing}/import/": (f"{STAFF} 403 200 200",) * 2,
        f"/admin/{thing}/import/<uuid:token>/": ("302", "302"),
    }
ADMIN |= {
    "/admin/courses/revision/<int:pk>/restore/": (f"{STAFF} 403 200 200",) * 2,
    "/admin/courses/revision/<int:pk>/yaml/": (f"{STAFF} 403 200 200",) * 2,
    "/admin/courses/link/to-fix/": (f"{STAFF} 403 200 200", f"{STAFF} 405 405 405"),
    "/admin/courses/link/<path:object_id>/history/": ("302", "302"),
    "/admin/courses/link/apply/": (f"{STAFF} 403 302 302", f"{STAFF} 403 302 302"),
    "/admin/courses/link/check/": (f"{STAFF} 405 405 405", f"{STAFF} 403 302 302"),
    "/admin/courses/link/keep/": (f"{STAFF} 405 405 405", f"{STAFF} 403 302 302"),
}


def routes() -> Iterator[str]:
    return below(get_resolver().url_patterns, "/")


def below(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[str]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from below(pattern.url_patterns, route)
        else:
            yield route


def is_of_classes(route: str) -> bool:
    """Those have tables of their own, with the roles in a class: `tests/cohorts/routes.py`."""
    return route.startswith(("/cohorts/", "/join/"))


@pytest.fixture
def world(db: None, settings: Any) -> dict[str, User | None]:
    """Something to open at every address, and who opens it."""
    settings.MEDIA_ROOT = settings.BASE_DIR / "static" / "img"
    lesson = LessonFactory(track=TrackFactory(slug="scientist"), slug="quantization")
    concept = ConceptFactory(lesson=lesson)
    ReferenceFactory(lesson=lesson)
    NotebookFactory()
    TermFactory(slug="lora")
    learner = people.learner()
    tick_concept(user=learner, concept=concept, now=NOW)
    quiz = quiz_with(2, concept=concept, slug="quiz")
    log_of(attempts.start(user=learner, quiz=quiz, now=NOW, rng=Random(1)))
    card = CardFactory(user=learner, question=quiz.questions.all()[0], remembered=True)
    LogFactory(card=card)
    DBTaskResult.objects.create(
        task_path="quizzes.tasks.mail_due_reviews",
        backend_name="default",
        args_kwargs={"args": [], "kwargs": {}},
    )
    class_for_the_admin()
    make_edition(course=Course.objects.get(), name="2025", by=None, note="", now=NOW)
    Link.objects.create(url="https://example.org/")
    picture = {"format": "png", "file": "logo.svg", "alt": "A", "width": 4, "height": 3, "size": 9}
    course = Course.objects.get()
    Image.objects.create(course=course, name="a-4x3-00000000", uploaded_at=NOW, **picture)
    superuser = people.superuser()
    Authenticator.objects.create(user=superuser, type="totp", data={"secret": "x"})
    ReadmeImport.objects.create(filename="a.md", content=b"a", made_by=superuser, made_at=NOW)
    return {
        "anonymous": None,
        "learner": learner,
        "stranger": people.stranger(),
        "teacher": people.teacher(),
        "editor": people.editor(),
        "superuser": superuser,
    }


def class_for_the_admin() -> None:
    cohort = MembershipFactory(cohort__course=Course.objects.get()).cohort
    times = {"invited_at": NOW, "expires_at": NOW}
    Invitation.objects.create(cohort=cohort, email="ines@example.org", token="t", **times)
    LogEntry.objects.create(cohort=cohort, at=NOW, kind=LogEntry.Kind.CLASS, what="Name")


def log_of(attempt: Attempt) -> None:
    """A score of it that was changed by a regrade."""
    response = attempt.responses.all()[0]
    question, version = response.version.question, response.version
    said = {"question": question, "version": version, "made_at": NOW, "reason": "Once."}
    change = {"before": 0.0, "after": 1.0, "attempt_before": 0.0, "attempt_after": 1.0}
    ScoreChange.objects.create(
        response=response, regrade=Regrade.objects.create(**said), changed_at=NOW, **change
    )


def address(route: str) -> str:
    """`route` with the parts of something that is there."""
    names = {
        "course": "llm-course",
        "track": "scientist",
        "lesson": "quantization",
        "term": "lora",
        "slug": "quiz",
        "name": "a-4x3-00000000",
        "ending": "png",
        "attempt_id": Attempt.objects.get().pk,
        "position": 1,
        "question_id": Question.objects.latest("pk").pk,
        "id": User.objects.latest("pk").pk,
        "token": token_of(User.objects.latest("pk")),
        "content_type_id": ContentType.objects.get_for_model(Course).pk,
        "object_id": key_at(route),
        "pk": key_at(route),
        "preview": 1,
        "link_id": 1,
    }
    patterns = {"uidb36": "1", "key": "set-password", "app_label": "courses", "url": "nowhere"}
    route = re.sub(r"\(\?P<(\w+)>[^)]*\)", lambda part: patterns[part[1]], route)
    route = route.replace("^", "").replace("$", "")
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda part: str(names[part[1]]), route)


def key_at(route: str) -> object:
    if route.startswith(("/concepts/", "/references/")):
        return apps.get_model("courses", route.split("/")[1][:-1]).objects.latest("pk").pk
    if route.startswith("/review/cards/"):
        return ReviewCard.objects.latest("pk").pk
    if route.startswith("/admin/r/"):
        return Course.objects.get().pk
    if found := re.match(r"/admin/(\w+)/(\w+)/<(?:path:object_id|(?:uuid|int):pk)>/", route):
        return apps.get_model(found[1], found[2]).objects.latest("pk").pk
    return 1


def answers(route: str, method: str, world: dict[str, User | None]) -> str:
    found = []
    for user in world.values():
        with transaction.atomic():
            client = Client()
            if user:
                client.force_login(user)
            answer = getattr(client, method)(address(route))
            answer.getvalue()  # a file that is sent is closed with its last byte
            found.append(str(answer.status_code))
            transaction.set_rollback(True)
    return found[0] if len(set(found)) == 1 else " ".join(found)


MINE = sorted(route for route in set(routes()) if not is_of_classes(route))


# The world is made once for so many routes; each answer is taken back after it was given.
TOGETHER = 20


@pytest.mark.parametrize("start", range(0, len(MINE), TOGETHER))
def test_routes(start: int, world: dict[str, User | None]) -> None:
    asked = MINE[start : start + TOGETHER]
    unknown = set(asked) - (ROUTES | ADMIN).keys()
    assert unknown == set(), "List these routes, with what each persona may expect there."
    found = {
        route: (answers(route, "get", world), answers(route, "post", world)) for route in asked
    }
    assert found == {route: (ROUTES | ADMIN)[route] for route in asked}


def test_no_line_outlives_its_route() -> None:
    assert (ROUTES | ADMIN).keys() - set(MINE) == set()


def test_a_draft_is_for_editors_alone(world: dict[str, User | None]) -> None:
    LessonFactory(track=Track.objects.get(slug="scientist"), slug="draft", status=Status.DRAFT)
    draft = "/courses/llm-course/scientist/draft/"
    assert answers(draft, "get", world) == "404 404 404 404 200 200"


def test_a_draft_quiz_is_for_editors_alone(world: dict[str, User | None]) -> None:
    Quiz.objects.update(status=Status.DRAFT)
    assert answers("/quizzes/quiz/", "get", world) == "404 404 404 404 200 200"


def test_results_are_the_learners_own(world: dict[str, User | None]) -> None:
    attempt = Attempt.objects.get()
    attempts.submit(user=world["learner"], attempt_id=attempt.pk, now=NOW)
    assert answers(f"/attempts/{attempt.pk}/results/", "get", world) == "302 200 404 404 404 404"
