import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from courses.models import LessonProgress, Status
from quizzes.attempts import saving
from quizzes.models import AnswerRecord, Attempt, Quiz
from tests.factories import ConceptFactory, LessonFactory
from tests.quiz_factories import (
    QuestionFactory,
    attempts_of,
    chosen,
    option,
    quiz_of,
    quiz_with,
    records_of,
)
from tests.quizzes.attempts.test_attempts import begin, hand_in, save
from tests.quizzes.sql import queries

JSON = {"Accept": "application/json"}


@pytest.fixture
def quiz(db: None) -> Quiz:
    return quiz_with(3, slug="check", title="Check")


@pytest.fixture
def attempt(learner: User, quiz: Quiz) -> Attempt:
    return begin(learner, quiz)


@pytest.fixture
def finished(attempt: Attempt) -> Attempt:
    save(attempt, "a", position=1)
    save(attempt, "b", position=2)
    return hand_in(attempt)


def text_of(response: object) -> str:
    """What one reads on the page."""
    html = response.content.decode()  # type: ignore[attr-defined]
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def place(attempt: Attempt, q: object) -> str:
    return f"/attempts/{attempt.pk}/?q={q}#question"


def answer_url(attempt: Attempt, position: object = 1) -> str:
    return f"/attempts/{attempt.pk}/answers/{position}/"


def in_admin_only(quiz: Quiz, how: str) -> None:
    if how == "draft quiz":
        quiz.status = Status.DRAFT
        quiz.save()
        return
    assert quiz.lesson is not None
    if how == "draft lesson":
        quiz.lesson.status = Status.DRAFT
    else:
        quiz.lesson.publish_at = timezone.now() + timedelta(days=1)
    quiz.lesson.save()


HIDDEN = ["draft quiz", "draft lesson", "lesson of tomorrow"]


# The quiz


def test_quiz_says_what_it_asks(as_learner: Client, quiz: Quiz) -> None:
    page = text_of(as_learner.get("/quizzes/check/"))
    assert "Questions 3 To pass 70% of the points Time No limit" in page
    assert "Attempts As many as you like What counts The best attempt" in page
    assert "What was right After each question" in page
    assert "You have not taken it yet." in page
    assert "Start the quiz" in page
    assert quiz.concepts().get().name in page


def test_quiz_counts_only_what_it_would_ask(as_learner: Client) -> None:
    concept = ConceptFactory(name="Tokens")
    other = ConceptFactory(lesson=concept.lesson, name="Models")
    gone = ConceptFactory(lesson=concept.lesson, name="Gone", archived=True)
    quiz_of(
        QuestionFactory(concept=other),
        QuestionFactory(concept=concept),
        QuestionFactory(concept=concept),
        QuestionFactory(concept=concept, status=Status.ARCHIVED),
        QuestionFactory(concept=gone),
        slug="mixed",
    )
    page = text_of(as_learner.get("/quizzes/mixed/"))
    assert "Models one question Tokens 2 questions" in page
    assert "Gone" not in page


def test_quiz_tells_earlier_tries(as_learner: Client, finished: Attempt) -> None:
    assert "You have taken it once and scored 33%." in text_of(as_learner.get("/quizzes/check/"))
    again = begin(finished.user, finished.quiz)
    for position in (1, 2, 3):
        save(again, "a", position=position)
    hand_in(again)
    page = text_of(as_learner.get("/quizzes/check/"))
    assert "You have taken it 2 times. The best one counts: 100%." in page


def test_quiz_leads_back_to_an_open_attempt(as_learner: Client, attempt: Attempt) -> None:
    response = as_learner.get("/quizzes/check/")
    assert f'href="/attempts/{attempt.pk}/">Continue where you stopped' in response.content.decode()
    assert "Start the quiz" not in text_of(response)


def test_quiz_asks_a_visitor_to_sign_in(client: Client, quiz: Quiz) -> None:
    html = client.get("/quizzes/check/").content.decode()
    assert '/accounts/signup/?next=/quizzes/check/"' in html
    assert '/accounts/login/?next=/quizzes/check/"' in html
    assert "Start the quiz" not in html


def test_quiz_shows_nothing_of_others(client: Client, finished: Attempt, stranger: User) -> None:
    client.force_login(stranger)
    assert "You have not taken it yet." in text_of(client.get("/quizzes/check/"))


@pytest.mark.parametrize("how", HIDDEN)
def test_quiz_that_is_not_published(as_learner: Client, quiz: Quiz, how: str) -> None:
    in_admin_only(quiz, how)
    assert as_learner.get("/quizzes/check/").status_code == 404
    assert as_learner.post("/quizzes/check/start/").status_code == 404


def test_quiz_archived_is_gone_for_editors_too(client: Client, superuser: User, quiz: Quiz) -> None:
    client.force_login(superuser)
    assert client.get("/quizzes/check/").status_code == 200
    quiz.status = Status.ARCHIVED
    quiz.save()
    assert client.get("/quizzes/check/").status_code == 404


@pytest.mark.parametrize("how", HIDDEN)
def test_quiz_draft_can_be_tried_by_who_edits(
    client: Client, superuser: User, quiz: Quiz, how: str
) -> None:
    in_admin_only(quiz, how)
    client.force_login(superuser)
    assert client.get("/quizzes/check/").status_code == 200
    assert client.post("/quizzes/check/start/").status_code == 302
    assert attempts_of(superuser) == 1


def test_quiz_without_questions(as_learner: Client) -> None:
    quiz_of(lesson=LessonFactory(), slug="empty")
    page = text_of(as_learner.get("/quizzes/empty/"))
    assert "This quiz has no questions yet." in page
    assert "Start the quiz" not in page


def test_quiz_unknown(as_learner: Client, quiz: Quiz) -> None:
    assert as_learner.get("/quizzes/other/").status_code == 404


def test_quiz_is_read_only(as_learner: Client, quiz: Quiz) -> None:
    assert as_learner.post("/quizzes/check/").status_code == 405


@pytest.mark.parametrize("number", [1, 3])
def test_quiz_queries(as_learner: Client, learner: User, number: int) -> None:
    lesson = LessonFactory()
    questions = [QuestionFactory(concept=ConceptFactory(lesson=lesson)) for _ in range(number)]
    quiz = quiz_of(*questions, slug="many")
    hand_in(begin(learner, quiz))
    # Session, user, quiz; draws; concepts; attempts.
    with queries(6):
        as_learner.get("/quizzes/many/")


# Starting


def test_start_leads_to_the_first_question(as_learner: Client, learner: User, quiz: Quiz) -> None:
    response = as_learner.post("/quizzes/check/start/")
    assert response.url == f"/attempts/{Attempt.objects.get(user=learner).pk}/"  # type: ignore[attr-defined]


def test_start_twice_leads_to_the_same_attempt(
    as_learner: Client, learner: User, quiz: Quiz
) -> None:
    first = as_learner.post("/quizzes/check/start/")
    second = as_learner.post("/quizzes/check/start/")
    assert first.url == second.url  # type: ignore[attr-defined]
    assert attempts_of(learner) == 1


def test_start_by_a_visitor(client: Client, quiz: Quiz) -> None:
    response = client.post("/quizzes/check/start/")
    assert response.url == "/accounts/login/?next=/quizzes/check/"  # type: ignore[attr-defined]
    assert not Attempt.objects.exists()


def test_start_of_a_quiz_without_questions(as_learner: Client) -> None:
    quiz_of(lesson=LessonFactory(), slug="empty")
    response = as_learner.post("/quizzes/empty/start/")
    assert response.status_code == 409
    assert "This quiz has no questions yet." in text_of(response)


def test_start_by_get(as_learner: Client, quiz: Quiz) -> None:
    assert as_learner.get("/quizzes/check/start/").status_code == 405


@pytest.mark.parametrize("number", [1, 16])
def test_start_queries(as_learner: Client, number: int) -> None:
    quiz_with(number, slug="many")
    # Session, user, quiz, and the six of attempts.start.
    with queries(9):
        as_learner.post("/quizzes/many/start/")


# The attempt


def test_attempt_shows_the_question_asked_for(as_learner: Client, attempt: Attempt) -> None:
    save(attempt, "b", position=2)
    response = as_learner.get(f"/attempts/{attempt.pk}/?q=2")
    html = response.content.decode()
    assert "<title>Question 2 of 3 · Check" in html
    assert f'action="/attempts/{attempt.pk}/answers/2/"' in html
    assert re.findall(r'value="(\w)" checked', html) == ["b"]
    page = text_of(response)
    assert "Question 1 Question 2 , answer saved Question 3 End" in page
    assert "Saved " in page
    assert response["Cache-Control"].startswith("max-age=0, no-cache, no-store")


@pytest.mark.parametrize("q", ["", "?q=", "?q=9", "?q=x", "?q=0", "?q=-1", "?q=²"])
def test_attempt_goes_on_at_the_first_open_question(
    as_learner: Client, attempt: Attempt, q: str
) -> None:
    save(attempt, "a", position=1)
    page = text_of(as_learner.get(f"/attempts/{attempt.pk}/{q}"))
    assert page.startswith("Question 2 of 3 · Check")


def test_attempt_keeps_the_order_of_options(as_learner: Client, learner: User) -> None:
    question = QuestionFactory(
        payload={"options": [option(name, right=name == "a") for name in "abcdefgh"]}
    )
    attempt = begin(learner, quiz_of(question))
    pages = [as_learner.get(f"/attempts/{attempt.pk}/").content.decode() for _ in range(2)]
    orders = [re.findall(r'name="choice" value="(\w)"', page) for page in pages]
    assert orders[0] == orders[1]
    assert sorted(orders[0]) == list("abcdefgh")
    assert orders[0] != list("abcdefgh")


def test_attempt_gives_no_hint_of_what_is_right(as_learner: Client, attempt: Attempt) -> None:
    html = as_learner.get(f"/attempts/{attempt.pk}/").content.decode()
    assert "Feedback on" not in html
    assert "Because" not in html
    assert 'data-mark="' not in html


def test_attempt_ends_with_what_is_unanswered(as_learner: Client, attempt: Attempt) -> None:
    save(attempt, "a", position=2)
    response = as_learner.get(f"/attempts/{attempt.pk}/?q=end")
    assert "These questions have no answer yet and would count as zero:" in text_of(response)
    html = response.content.decode()
    # The script shows and hides rows as answers come and go.
    assert re.findall(r'<li data-open="(\d)"( hidden)?>', html) == [
        ("1", ""),
        ("2", " hidden"),
        ("3", ""),
    ]
    assert re.findall(r'data-when="(\w+)"( hidden)?>', html) == [("open", ""), ("all", " hidden")]
    assert f'action="/attempts/{attempt.pk}/submit/"' in html


def test_attempt_with_everything_answered_comes_to_its_end(
    as_learner: Client, attempt: Attempt
) -> None:
    for position in (1, 2, 3):
        save(attempt, "b", position=position)
    page = text_of(as_learner.get(f"/attempts/{attempt.pk}/"))
    assert "All 3 questions have an answer, and all are saved." in page


def test_attempt_handed_in_leads_to_its_results(as_learner: Client, finished: Attempt) -> None:
    response = as_learner.get(f"/attempts/{finished.pk}/?q=1")
    assert response.url == f"/attempts/{finished.pk}/results/"  # type: ignore[attr-defined]


def test_attempt_goes_on_when_the_quiz_is_archived(as_learner: Client, attempt: Attempt) -> None:
    Quiz.objects.update(status=Status.ARCHIVED)
    assert as_learner.get(f"/attempts/{attempt.pk}/").status_code == 200


def test_attempt_shows_text_as_text(as_learner: Client, learner: User) -> None:
    question = QuestionFactory(
        prompt="Is <script>alert(1)</script> **safe**?",
        payload={"options": [option("a", right=True, text="<img src=x>"), option("b")]},
    )
    html = as_learner.get(begin(learner, quiz_of(question)).get_absolute_url()).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; <strong>safe</strong>?" in html
    assert "&lt;img src=x&gt;" in html


def test_attempt_of_another(client: Client, superuser: User, attempt: Attempt) -> None:
    client.force_login(superuser)
    assert client.get(f"/attempts/{attempt.pk}/").status_code == 404


def test_attempt_by_a_visitor(client: Client, attempt: Attempt) -> None:
    response = client.get(f"/attempts/{attempt.pk}/?q=2")
    assert response.url == f"/accounts/login/?next=/attempts/{attempt.pk}/%3Fq%3D2"  # type: ignore[attr-defined]


def test_attempt_unknown(as_learner: Client, attempt: Attempt) -> None:
    assert as_learner.get(f"/attempts/{uuid4()}/").status_code == 404


def test_attempt_by_post(as_learner: Client, attempt: Attempt) -> None:
    assert as_learner.post(f"/attempts/{attempt.pk}/").status_code == 405


@pytest.mark.parametrize("number", [1, 16])
def test_attempt_queries(as_learner: Client, learner: User, number: int) -> None:
    attempt = begin(learner, quiz_with(number))
    # Session, user; attempt with quiz, lesson, track, course; responses with answers; versions.
    with queries(5):
        as_learner.get(f"/attempts/{attempt.pk}/")
    # The versions are known.
    with queries(4):
        as_learner.get(f"/attempts/{attempt.pk}/")


# All cards at once


@pytest.mark.parametrize("number", [1, 16])
def test_cards_come_in_four_queries(as_learner: Client, learner: User, number: int) -> None:
    attempt = begin(learner, quiz_with(number))
    for position in range(1, number + 1):
        save(attempt, "b", position=position)
    # Session, user; attempt with quiz, lesson, track, course; responses with answers.
    with queries(4):
        html = as_learner.get(f"/attempts/{attempt.pk}/cards/").content.decode()
    places = re.findall(r'<section [^>]*data-place="(\w+)"', html)
    assert places == [*map(str, range(1, number + 1)), "end"]
    assert re.findall(r'value="(\w)" checked', html) == ["b"] * number
    assert "Because" not in html


def test_cards_of_an_attempt_that_ended(as_learner: Client, finished: Attempt) -> None:
    response = as_learner.get(f"/attempts/{finished.pk}/cards/")
    assert response.status_code == 409
    assert response.json()["results"] == f"/attempts/{finished.pk}/results/"


def test_cards_of_another(client: Client, superuser: User, attempt: Attempt) -> None:
    client.force_login(superuser)
    assert client.get(f"/attempts/{attempt.pk}/cards/").status_code == 404


# Answering


def test_answer_is_saved_and_leads_on(as_learner: Client, attempt: Attempt) -> None:
    response = as_learner.post(answer_url(attempt), {"choice": "b", "next": "2", "sequence": ""})
    assert response.url == place(attempt, 2)  # type: ignore[attr-defined]
    assert [answer for _, answer in records_of(attempt, 1)] == [chosen("b")]


def test_answer_leads_nowhere_else(as_learner: Client, attempt: Attempt) -> None:
    response = as_learner.post(answer_url(attempt), {"choice": "b", "next": "//evil.example"})
    assert response.url == place(attempt, "%2F%2Fevil.example")  # type: ignore[attr-defined]


def test_answer_by_script_says_when_it_was_saved(
    as_learner: Client, learner: User, attempt: Attempt
) -> None:
    learner.time_zone = "Asia/Taipei"
    learner.save()
    response = as_learner.post(answer_url(attempt), {"choice": "b"}, headers=JSON)
    saved_at = AnswerRecord.objects.get().received_at.astimezone(learner.zone)
    assert response.json() == {
        "saved": f"{saved_at:%H:%M:%S}",
        "answered": True,
        "counts": True,
        "message": "",
        "results": "",
    }


def test_answer_by_script_can_be_taken_back(as_learner: Client, learner: User) -> None:
    attempt = begin(learner, quiz_of(QuestionFactory(kind="multiple")))
    save(attempt, "a")
    response = as_learner.post(answer_url(attempt), {}, headers=JSON)
    assert (response.status_code, response.json()["answered"]) == (200, False)


@pytest.mark.parametrize(
    ("sequence", "kept"), [("1700000000000", 1700000000000), ("-5", 0), ("soon", 0), ("1e9", 0)]
)
def test_answer_with_a_sequence(
    as_learner: Client, attempt: Attempt, sequence: str, kept: int
) -> None:
    as_learner.post(answer_url(attempt), {"choice": "b", "sequence": sequence}, headers=JSON)
    found = records_of(attempt, 1)[0][0]
    assert (found == kept) if kept else (found > 1700000000000)


def test_answer_without_a_choice(as_learner: Client, attempt: Attempt) -> None:
    response = as_learner.post(answer_url(attempt, 2), {"next": "3"})
    assert response.status_code == 422
    page = text_of(response)
    assert page.startswith("Question 2 of 3 · Check")
    assert "Choose one answer, or skip the question for now." in page
    html = response.content.decode()
    assert '<a href="#first-option">' in html
    assert f'href="/attempts/{attempt.pk}/?q=3#question"' in html
    assert 'href="?' not in html
    assert records_of(attempt, 2) == []


def test_answer_that_is_no_option_by_script(as_learner: Client, attempt: Attempt) -> None:
    response = as_learner.post(answer_url(attempt), {"choice": "z"}, headers=JSON)
    assert response.status_code == 422
    message = "This is not one of the options. Reload the page and choose again."
    assert response.json() == {"message": message}


def test_answer_after_handing_in_is_kept(as_learner: Client, finished: Attempt) -> None:
    results = f"/attempts/{finished.pk}/results/"
    plain = as_learner.post(answer_url(finished), {"choice": "c"}, follow=True)
    assert plain.redirect_chain == [(results, 302)]
    assert "Kept, but not counted: this answer came after the end." in text_of(plain)
    script = as_learner.post(answer_url(finished), {"choice": "b"}, headers=JSON)
    assert script.status_code == 200
    said = script.json()
    assert (said["counts"], said["results"]) == (False, results)
    assert said["message"] == "Kept, but not counted: this answer came after the end."
    late = AnswerRecord.objects.filter(late=True).order_by("sequence")
    assert [record.answer for record in late] == [chosen("c"), chosen("b")]


def test_answer_after_the_end_is_kept_within_bounds(
    as_learner: Client, finished: Attempt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "LATE_KEPT", 0)
    results = f"/attempts/{finished.pk}/results/"
    plain = as_learner.post(answer_url(finished), {"choice": "c"}, follow=True)
    assert plain.redirect_chain == [(results, 302)]
    assert "Not saved: this attempt has ended." in text_of(plain)
    script = as_learner.post(answer_url(finished), {"choice": "b"}, headers=JSON)
    assert script.status_code == 409
    assert script.json() == {"message": "Not saved: this attempt has ended.", "results": results}
    assert not AnswerRecord.objects.filter(late=True).exists()


def test_answer_by_another(client: Client, superuser: User, attempt: Attempt) -> None:
    client.force_login(superuser)
    assert client.post(answer_url(attempt), {"choice": "a"}).status_code == 404
    assert not AnswerRecord.objects.exists()


def test_answer_by_who_was_signed_out(client: Client, attempt: Attempt) -> None:
    script = client.post(answer_url(attempt, 2), {"choice": "a"}, headers=JSON)
    assert script.status_code == 401
    assert script.json() == {
        "message": "Not saved yet: you are signed out. Sign in, and your answer is delivered.",
        "sign_in": f"/accounts/login/?next=%2Fattempts%2F{attempt.pk}%2F%3Fq%3D2%23question",
    }
    assert not AnswerRecord.objects.exists()


def test_answer_by_another_by_script(client: Client, superuser: User, attempt: Attempt) -> None:
    client.force_login(superuser)
    response = client.post(answer_url(attempt), {"choice": "a"}, headers=JSON)
    assert (response.status_code, list(response.json())) == (404, ["message"])


@pytest.mark.parametrize("position", [0, 4, 10**30])
def test_answer_to_no_question(as_learner: Client, attempt: Attempt, position: int) -> None:
    assert as_learner.post(answer_url(attempt, position), {"choice": "a"}).status_code == 404


def test_answer_by_get(as_learner: Client, attempt: Attempt) -> None:
    assert as_learner.get(answer_url(attempt)).status_code == 405


def test_answer_needs_the_token(learner: User, attempt: Attempt) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(learner)
    assert client.post(answer_url(attempt), {"choice": "a"}).status_code == 403
    assert not AnswerRecord.objects.exists()


def test_answer_queries(as_learner: Client, attempt: Attempt) -> None:
    # Session, user, one look that locks and checks, one record; once a process, the question.
    save(attempt, "b", now=attempt.started_at)
    with queries(4):
        as_learner.post(answer_url(attempt), {"choice": "a"}, headers=JSON)


# Handing in


def test_submit_leads_to_the_results(as_learner: Client, attempt: Attempt) -> None:
    save(attempt, "a")
    response = as_learner.post(f"/attempts/{attempt.pk}/submit/")
    assert response.url == f"/attempts/{attempt.pk}/results/"  # type: ignore[attr-defined]
    assert LessonProgress.objects.get(user=attempt.user).quiz_score == pytest.approx(1 / 3)


def test_submit_twice(as_learner: Client, finished: Attempt) -> None:
    response = as_learner.post(f"/attempts/{finished.pk}/submit/")
    assert response.url == f"/attempts/{finished.pk}/results/"  # type: ignore[attr-defined]
    assert Attempt.objects.get().submitted_at == finished.submitted_at


def test_submit_by_another(client: Client, superuser: User, attempt: Attempt) -> None:
    client.force_login(superuser)
    assert client.post(f"/attempts/{attempt.pk}/submit/").status_code == 404
    assert Attempt.objects.get().submitted_at is None


def test_submit_by_a_visitor(client: Client, attempt: Attempt) -> None:
    response = client.post(f"/attempts/{attempt.pk}/submit/")
    back = f"/accounts/login/?next=/attempts/{attempt.pk}/%3Fq%3Dend%23question"
    assert response.url == back  # type: ignore[attr-defined]
    assert Attempt.objects.get().submitted_at is None


def test_submit_by_get(as_learner: Client, attempt: Attempt) -> None:
    assert as_learner.get(f"/attempts/{attempt.pk}/submit/").status_code == 405


@pytest.mark.parametrize("number", [1, 16])
def test_submit_queries(as_learner: Client, learner: User, number: int) -> None:
    attempt = begin(learner, quiz_with(number))
    for position in range(1, number + 1):
        save(attempt, "a", position=position)
    # Session, user; attempt; responses; responses written; attempt written. To the lesson:
    # enrolment, progress, concepts with ticks. Review cards.
    with queries(10):
        as_learner.post(f"/attempts/{attempt.pk}/submit/")
    assert LessonProgress.objects.get().quiz_passed_at is not None


# Results


def test_results_tell_score_and_reasons(as_learner: Client, finished: Attempt) -> None:
    page = text_of(as_learner.get(f"/attempts/{finished.pk}/results/"))
    concept = finished.quiz.concepts().get()
    assert "Not passed" in page
    assert "1 / 3" in page
    assert "33% of the points. 70% is needed to pass." in page
    assert f"{concept.name} 33% 33%" in page
    assert "Your answer, right" in page
    assert "Your answer, not right" in page
    assert "Not quite: Option a" in page
    assert "No answer. Right is: Option a" in page
    assert page.count("Feedback on a.") == 3
    assert page.count("Because a is right.") == 3
    assert f"Reread {concept.name} Try again Back to the lesson" in page


def test_results_say_at_a_glance_which_question_went_how(
    as_learner: Client, finished: Attempt
) -> None:
    page = text_of(as_learner.get(f"/attempts/{finished.pk}/results/"))
    steps = "Question 1 , right Question 2 , not right Question 3 , not right"
    assert f"Question by question {steps}" in page


def test_results_link_to_the_concept(as_learner: Client, finished: Attempt) -> None:
    html = as_learner.get(f"/attempts/{finished.pk}/results/").content.decode()
    concept = finished.quiz.concepts().get()
    assert html.count(f'href="{concept.get_absolute_url()}"') == 4
    assert html.count('class="signpost"') == 1


def test_results_name_every_concept_with_something_missing(
    as_learner: Client, learner: User
) -> None:
    lesson = LessonFactory()
    concepts = [ConceptFactory(lesson=lesson, name=name) for name in ("Good", "Bad", "Ugly")]
    attempt = begin(learner, quiz_of(*[QuestionFactory(concept=concept) for concept in concepts]))
    save(attempt, "a", position=1)
    hand_in(attempt)
    page = text_of(as_learner.get(f"/attempts/{attempt.pk}/results/"))
    assert "Reread Bad Try again Back to the lesson" in page
    assert "Also worth reading again Ugly Question by question" in page


def test_results_of_a_pass(as_learner: Client, attempt: Attempt) -> None:
    for position in (1, 2, 3):
        save(attempt, "a", position=position)
    hand_in(attempt)
    response = as_learner.get(f"/attempts/{attempt.pk}/results/")
    page = text_of(response)
    assert "100% of the points. You have passed: 70% was enough." in page
    assert page.count("That is right.") == 3
    assert "worth reading again" not in page
    assert response.content.decode().count('class="signpost"') == 1


def test_results_of_part_of_the_points(as_learner: Client, learner: User) -> None:
    options = [option(name, right=name in "ab") for name in "abc"]
    question = QuestionFactory(kind="multiple", payload={"options": options})
    attempt = begin(learner, quiz_of(question))
    save(attempt, "a")
    hand_in(attempt)
    page = text_of(as_learner.get(f"/attempts/{attempt.pk}/results/"))
    assert "0.5 / 1" in page
    assert "In part: 0.5 of one point." in page


def test_results_stay_what_they_were(as_learner: Client, finished: Attempt) -> None:
    page = f"/attempts/{finished.pk}/results/"
    before = text_of(as_learner.get(page))
    for question in finished.quiz.questions.all():
        question.prompt = "Rewritten?"
        question.status = Status.ARCHIVED
        question.save()
    assert text_of(as_learner.get(page)) == before


def test_results_of_an_archived_quiz(as_learner: Client, finished: Attempt) -> None:
    Quiz.objects.update(status=Status.ARCHIVED)
    page = text_of(as_learner.get(f"/attempts/{finished.pk}/results/"))
    assert "1 / 3" in page
    assert "Try again" not in page


def test_results_do_not_link_to_an_archived_concept(as_learner: Client, finished: Attempt) -> None:
    concept = finished.quiz.concepts().get()
    concept.archived = True
    concept.save()
    html = as_learner.get(f"/attempts/{finished.pk}/results/").content.decode()
    assert concept.get_absolute_url() not in html
    assert concept.name in html


def test_results_of_an_open_attempt(as_learner: Client, attempt: Attempt) -> None:
    response = as_learner.get(f"/attempts/{attempt.pk}/results/")
    assert response.url == f"/attempts/{attempt.pk}/"  # type: ignore[attr-defined]


def test_results_of_another(client: Client, superuser: User, finished: Attempt) -> None:
    client.force_login(superuser)
    assert client.get(f"/attempts/{finished.pk}/results/").status_code == 404


def test_results_by_a_visitor(client: Client, finished: Attempt) -> None:
    response = client.get(f"/attempts/{finished.pk}/results/")
    assert response.url == f"/accounts/login/?next=/attempts/{finished.pk}/results/"  # type: ignore[attr-defined]


def test_results_by_post(as_learner: Client, finished: Attempt) -> None:
    assert as_learner.post(f"/attempts/{finished.pk}/results/").status_code == 405


@pytest.mark.parametrize("number", [1, 16])
def test_results_queries(as_learner: Client, learner: User, number: int) -> None:
    attempt = hand_in(begin(learner, quiz_with(number)))
    # Session, user; attempt with quiz, lesson, track, course; own attempts; responses with
    # versions; concepts.
    with queries(6):
        as_learner.get(f"/attempts/{attempt.pk}/results/")
