"""Questions and answers in a class, as those who write and read them."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from cohorts.models import Membership, Post, Role, Thread
from courses.models import Concept
from tests.class_factories import ClassOf, MembershipFactory
from tests.cohorts.talk.factories import PostFactory, ReportFactory, ThreadFactory
from tests.factories import ConceptFactory, CourseFactory, LessonFactory, TrackFactory
from tests.quizzes.sql import queries

LIST = "/cohorts/autumn/questions/"
ASK = f"{LIST}ask/"
TOO_FAST = "You wrote a lot in the last minutes. Wait a little, then send this again."


def as_member(client: Client, member: Membership) -> Client:
    client.force_login(member.user)
    return client


def page(client: Client, url: str, *, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


@pytest.fixture
def concept(autumn: ClassOf) -> Concept:
    track = TrackFactory(course=autumn.cohort.course, title="The LLM Engineer")
    return ConceptFactory(lesson=LessonFactory(track=track, title="Agents"), name="Tools")


@pytest.fixture
def thread(autumn: ClassOf, concept: Concept) -> Thread:
    return ThreadFactory(
        cohort=autumn.cohort,
        lesson=concept.lesson,
        author=autumn.learner.user,
        title="Why so slow?",
    )


@pytest.fixture
def learner(client: Client, autumn: ClassOf) -> Client:
    return as_member(client, autumn.learner)


def url_of(thread: Thread) -> str:
    return f"{LIST}{thread.pk}/"


class TestAsking:
    def test_about_a_concept(self, learner: Client, autumn: ClassOf, concept: Concept) -> None:
        lesson = concept.lesson
        html = page(learner, f"{ASK}?lesson={lesson.pk}")
        assert f'<option value="{lesson.pk}" selected>Agents</option>' in html
        sent = {"subject": f"{lesson.pk}-{concept.pk}", "title": "Why?", "body": "`x` is 1."}
        response = learner.post(ASK, sent)
        made = Thread.objects.get()
        assert response.url == url_of(made)
        assert (made.lesson, made.concept, made.author) == (lesson, concept, autumn.learner.user)
        assert "<code>x</code> is 1." in page(learner, response.url)
        assert mail.outbox == []

    def test_sent_twice_it_is_asked_once(self, learner: Client, concept: Concept) -> None:
        sent = {"subject": f"{concept.lesson_id}", "title": "Why?", "key": str(uuid4())}
        assert learner.post(ASK, sent).url == learner.post(ASK, sent).url
        assert Thread.objects.count() == 1
        learner.post(ASK, sent | {"key": str(uuid4())})
        assert Thread.objects.count() == 2

    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("title", "", "This field is required."),
            ("title", "a\nb", "It holds characters that cannot be shown."),
            ("title", "x" * 151, "at most 150 characters"),
            ("body", "a\x1bb", "It holds characters that cannot be shown."),
            ("body", "x" * 5001, "Keep it to 5000 characters: it has 5001."),
            ("body", "x\n" * 301 + "x", "Keep it to 300 lines: it has 302."),
            ("subject", "", "This field is required."),
            ("subject", "1-x", "Choose a lesson or a concept from the list."),
        ],
    )
    def test_what_is_refused_is_kept_on_the_page(
        self, learner: Client, concept: Concept, field: str, value: str, said: str
    ) -> None:
        sent = {"subject": f"{concept.lesson_id}", "title": "Kept title", "body": "Kept body"}
        response = learner.post(ASK, sent | {field: value})
        assert response.status_code == 422
        html = response.content.decode()
        assert said in html
        assert "Kept body" in html or field == "body"
        assert "Kept title" in html or field == "title"
        assert not Thread.objects.exists()

    def test_only_what_the_course_of_the_class_has(self, learner: Client, concept: Concept) -> None:
        elsewhere = ConceptFactory(lesson__track__course=CourseFactory(slug="other"))
        draft = LessonFactory(track=concept.lesson.track, status="draft")
        archived = ConceptFactory(lesson=concept.lesson, archived=True)
        for subject in (
            f"{elsewhere.lesson_id}",
            f"{draft.pk}",
            f"{concept.lesson_id}-{archived.pk}",
            f"{concept.lesson_id}-{elsewhere.pk}",
        ):
            sent = {"subject": subject, "title": "Why?"}
            assert learner.post(ASK, sent).status_code == 422
        assert not Thread.objects.exists()

    def test_ten_in_ten_minutes(
        self, learner: Client, autumn: ClassOf, thread: Thread, concept: Concept
    ) -> None:
        """Questions and answers together, in all classes; the text is kept."""
        now = timezone.now()
        author = autumn.learner.user
        ThreadFactory.create_batch(5, author=author, created_at=now - timedelta(minutes=9))
        PostFactory.create_batch(4, author=author, created_at=now)
        PostFactory.create_batch(4, author=author, created_at=now - timedelta(minutes=11))
        sent = {"subject": f"{concept.lesson_id}", "title": "Tenth", "body": "Kept body"}
        assert learner.post(ASK, sent).status_code == 302
        response = learner.post(ASK, sent)
        assert response.status_code == 422
        assert TOO_FAST in response.content.decode()
        assert "Kept body" in response.content.decode()
        response = learner.post(url_of(thread), {"body": "Kept answer"})
        assert response.status_code == 422
        assert TOO_FAST in response.content.decode()
        assert "Kept answer" in response.content.decode()
        assert not thread.posts.exists()


class TestAnswering:
    def test_an_answer_tells_the_asker(
        self, client: Client, autumn: ClassOf, thread: Thread
    ) -> None:
        teacher = as_member(client, autumn.teacher)
        response = teacher.post(
            url_of(thread), {"body": "Because\n```\nx = 1\n```", "pinned": "on"}
        )
        assert response.url == f"{url_of(thread)}#answers-end"
        post = thread.posts.get()
        assert (post.author, post.pinned) == (autumn.teacher.user, True)
        thread.refresh_from_db()
        assert thread.last_at == post.created_at
        assert [one.to for one in mail.outbox] == [["yi-ting@example.org"]]
        html = page(teacher, url_of(thread))
        assert '<pre tabindex="0"><code>x = 1</code></pre>' in html
        assert "Pinned answer" in html

    def test_sent_twice_it_is_one(self, learner: Client, thread: Thread) -> None:
        sent = {"body": "Once.", "key": str(uuid4())}
        learner.post(url_of(thread), sent)
        learner.post(url_of(thread), sent)
        assert [post.body for post in thread.posts.all()] == ["Once."]

    def test_learners_pin_nothing(self, learner: Client, thread: Thread) -> None:
        learner.post(url_of(thread), {"body": "Mine.", "pinned": "on"})
        assert thread.posts.get().pinned is False

    def test_observers_read(self, client: Client, autumn: ClassOf, thread: Thread) -> None:
        observer = as_member(client, autumn.observer)
        html = page(observer, url_of(thread))
        assert "Why so slow?" in html
        assert "Post your answer" not in html
        assert "Report" not in html
        assert observer.post(url_of(thread), {"body": "x"}).status_code == 403

    def test_nobody_writes_in_an_archived_class(
        self, learner: Client, autumn: ClassOf, thread: Thread
    ) -> None:
        autumn.cohort.archived_at = timezone.now()
        autumn.cohort.save(update_fields=["archived_at"])
        assert "Post your answer" not in page(learner, url_of(thread))
        assert learner.post(url_of(thread), {"body": "x"}).status_code == 403
        assert learner.post(ASK, {}).status_code == 403
        assert not Post.objects.exists()

    def test_flat_and_in_order_the_pinned_one_on_top(
        self, learner: Client, autumn: ClassOf, thread: Thread
    ) -> None:
        for number in range(3):
            PostFactory(
                thread=thread,
                author=(autumn.teacher, autumn.learner, autumn.left)[number].user,
                body=f"Answer {number}!",
                pinned=number == 1,
                created_at=timezone.now() - timedelta(minutes=9 - number),
            )
        html = page(learner, url_of(thread))
        assert re.findall(r"Answer \d!", html) == ["Answer 1!", "Answer 0!", "Answer 2!"]
        assert "3 answers" in html
        assert "someone who has left" in html
        assert "Lars Left" not in html
        assert '<span>Tess Teacher</span> <span class="tag">Teacher</span>' in html
        assert "<span>Yi-Ting Chen</span> <span" not in html

    def test_the_name_is_that_of_the_class(
        self, learner: Client, autumn: ClassOf, thread: Thread
    ) -> None:
        Membership.objects.filter(pk=autumn.learner.pk).update(listed_as="Chen, Y.-T.")
        for url in (LIST, url_of(thread)):
            assert "Chen, Y.-T." in page(learner, url)

    def test_nothing_runs_in_it(self, learner: Client, autumn: ClassOf, concept: Concept) -> None:
        hostile = '<script>alert(1)</script> <img onerror="x"> http://"onclick=alert(1)'
        thread = ThreadFactory(
            cohort=autumn.cohort, lesson=concept.lesson, title=hostile, body=hostile
        )
        PostFactory(thread=thread, body=f"{hostile} `{hostile}`\n```\n{hostile}")
        lesson = f"/cohorts/autumn/lessons/{concept.lesson_id}/"
        for url in (LIST, url_of(thread), lesson, f"{LIST}{thread.pk}/report/"):
            html = page(learner, url)
            assert "<script>alert" not in html
            assert "<img" not in html
            assert '"onclick' not in html

    def test_answers_are_paged(self, learner: Client, autumn: ClassOf, thread: Thread) -> None:
        posts = PostFactory.build_batch(51, thread=thread, author=autumn.teacher.user)
        Post.objects.bulk_create(posts)
        assert page(learner, url_of(thread)).count("Tess Teacher") == 50
        assert page(learner, f"{url_of(thread)}?page=2").count("Tess Teacher") == 1
        response = learner.post(url_of(thread), {"body": "The newest."})
        assert response.url == f"{url_of(thread)}?page=2#answers-end"

    @pytest.mark.parametrize("number", [1, 30])
    def test_queries(self, learner: Client, autumn: ClassOf, thread: Thread, number: int) -> None:
        """Session, user, membership; question, own reports; how many answers, those of the page,
        the pinned one."""
        PostFactory.create_batch(number, thread=thread, author=autumn.teacher.user)
        page(learner, url_of(thread))
        with queries(8):
            assert page(learner, url_of(thread)).count("Tess Teacher") == number


class TestChanging:
    def test_ones_own_question(self, learner: Client, autumn: ClassOf, thread: Thread) -> None:
        edit = f"{url_of(thread)}edit/"
        assert learner.post(edit, {"title": "Why?", "body": "New."}).url == url_of(thread)
        thread.refresh_from_db()
        assert (thread.title, thread.body, thread.edited_at) == ("Why?", "New.", None)
        PostFactory(thread=thread, author=autumn.teacher.user)
        learner.post(edit, {"title": "Why?", "body": "Newer."})
        thread.refresh_from_db()
        assert thread.edited_at is not None
        assert "<span>edited</span>" in page(learner, url_of(thread))

    def test_ones_own_answer(self, learner: Client, autumn: ClassOf, thread: Thread) -> None:
        post = PostFactory(thread=thread, author=autumn.learner.user)
        edit = f"/cohorts/autumn/answers/{post.pk}/edit/"
        learner.post(edit, {"body": "New."})
        post.refresh_from_db()
        assert (post.body, post.edited_at) == ("New.", None)
        PostFactory(thread=thread)
        learner.post(edit, {"body": "Newer."})
        post.refresh_from_db()
        assert post.edited_at is not None
        delete = f"/cohorts/autumn/answers/{post.pk}/delete/"
        assert "goes for good" in page(learner, delete)
        assert learner.post(delete).url == url_of(thread)
        assert not Post.objects.filter(pk=post.pk).exists()

    def test_not_what_the_staff_has_hidden(
        self, learner: Client, autumn: ClassOf, thread: Thread
    ) -> None:
        post = PostFactory(thread=thread, author=autumn.learner.user, hidden_at=timezone.now())
        Thread.objects.update(hidden_at=timezone.now())
        for url in (f"{LIST}{thread.pk}/edit/", f"/cohorts/autumn/answers/{post.pk}/edit/"):
            assert learner.post(url, {"title": "x", "body": "x"}).status_code == 403
        assert learner.post(f"/cohorts/autumn/answers/{post.pk}/delete/").status_code == 403
        assert Post.objects.exists()

    def test_resolved_by_who_asked_and_open_again(self, learner: Client, thread: Thread) -> None:
        url = f"{url_of(thread)}resolve/"
        for _ in range(2):
            learner.post(url, {"yes": "1"})
            thread.refresh_from_db()
            assert thread.resolved_at is not None
        assert "Open the question again" in page(learner, url_of(thread))
        learner.post(url)
        thread.refresh_from_db()
        assert thread.resolved_at is None

    def test_others_questions_are_not_theirs_to_resolve(
        self, client: Client, autumn: ClassOf, thread: Thread
    ) -> None:
        other = as_member(client, MembershipFactory(cohort=autumn.cohort))
        assert "Mark as resolved" not in page(other, url_of(thread))
        assert other.post(f"{url_of(thread)}resolve/", {"yes": "1"}).status_code == 403
        assistant = as_member(client, autumn.assistant)
        assistant.post(f"{url_of(thread)}resolve/", {"yes": "1"})
        thread.refresh_from_db()
        assert thread.resolved_at is not None


class TestFinding:
    @pytest.fixture
    def some(self, autumn: ClassOf, concept: Concept) -> None:
        """Three questions; the second is the learner's, the third resolved and about another."""
        now = timezone.now()
        for number, title in enumerate(("First", "Second", "Third")):
            thread = ThreadFactory(
                cohort=autumn.cohort,
                lesson=concept.lesson if number < 2 else LessonFactory(track=concept.lesson.track),
                author=autumn.learner.user if number == 1 else autumn.teacher.user,
                title=title,
                body="About attention." if number else "",
                created_at=now - timedelta(hours=9 - number),
                resolved_at=now if number == 2 else None,
            )
        PostFactory(thread=thread, body="Softmax, of course.")
        PostFactory(thread=thread, body="A hidden word.", hidden_at=now)
        ThreadFactory(cohort=autumn.cohort, title="Hidden", body="attention", hidden_at=now)
        ThreadFactory(cohort=autumn.other, title="Elsewhere", body="attention")

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ("", ["Third", "Second", "First"]),
            ("state=open", ["Second", "First"]),
            ("state=mine", ["Second"]),
            ("state=mine-open", ["Second"]),
            ("lesson={lesson}", ["Second", "First"]),
            ("lesson={lesson}&state=mine", ["Second"]),
            ("q=ATTENTION", ["Third", "Second"]),
            ("q=softmax+attention", ["Third"]),
            ("q=hidden", []),
            ("q=%25", []),
            ("q=_", []),
            ("q=%00&state=mine", ["Second"]),
            ("lesson=999999999999999999999&state=x", ["Third", "Second", "First"]),
            ("q=" + "x" * 101, ["Third", "Second", "First"]),
        ],
    )
    @pytest.mark.usefixtures("some")
    def test_found(self, learner: Client, concept: Concept, asked: str, found: list[str]) -> None:
        html = page(learner, f"{LIST}?{asked.format(lesson=concept.lesson_id)}")
        titles = "First|Second|Third|Hidden|Elsewhere"
        assert re.findall(rf'/questions/\d+/">({titles})</a>', html) == found

    def test_none_is_said_once(self, learner: Client) -> None:
        assert "Nobody has asked yet" in page(learner, LIST)
        assert "No question found" not in page(learner, LIST)
        assert "0 questions" not in page(learner, LIST)
        assert "No question found" in page(learner, f"{LIST}?q=nothing")

    @pytest.mark.usefixtures("some")
    def test_the_staff_finds_what_is_hidden(self, client: Client, autumn: ClassOf) -> None:
        ReportFactory(thread=Thread.objects.get(title="First"))
        html = page(as_member(client, autumn.assistant), f"{LIST}?q=attention")
        assert ">Hidden</a>" in html
        assert "Settle 1 report" in html
        assert "Settle" not in page(as_member(client, autumn.observer), LIST)

    @pytest.mark.parametrize("number", [1, 30])
    def test_queries(self, learner: Client, autumn: ClassOf, concept: Concept, number: int) -> None:
        """Session, user, membership; lessons to choose from; how many, those of the page."""
        for _ in range(number):
            thread = ThreadFactory(
                cohort=autumn.cohort, lesson=concept.lesson, author=autumn.teacher.user
            )
            PostFactory(thread=thread)
        page(learner, LIST)
        with queries(6):
            html = page(learner, f"{LIST}?q=why")
        assert html.count("1 answer<") == min(number, 20)
        assert html.count("Tess Teacher") == min(number, 20)
        assert ("?q=why&amp;page=2" in html) is (number > 20)


class TestUnderTheLesson:
    def url(self, concept: Concept) -> str:
        return f"/cohorts/autumn/lessons/{concept.lesson_id}/"

    def test_a_page_and_a_part(self, learner: Client, thread: Thread, concept: Concept) -> None:
        whole = learner.get(self.url(concept))
        part = learner.get(self.url(concept), headers={"HX-Request": "true"})
        assert "<h1>Agents</h1>" in whole.content.decode()
        assert "<html" not in part.content.decode()
        assert "HX-Request" in part["Vary"]
        for response in (whole, part):
            html = response.content.decode()
            assert "Why so slow?" in html
            assert f"{ASK}?lesson={concept.lesson_id}" in html
            assert f"{LIST}?lesson={concept.lesson_id}" in html

    def test_a_lesson_of_another_course(self, learner: Client) -> None:
        other = LessonFactory(track__course=CourseFactory(slug="other"))
        page(learner, f"/cohorts/autumn/lessons/{other.pk}/", status=404)

    @pytest.mark.parametrize("number", [1, 30])
    def test_queries(self, learner: Client, autumn: ClassOf, concept: Concept, number: int) -> None:
        """Session, user, membership; lesson, its date, its newest questions."""
        ThreadFactory.create_batch(number, cohort=autumn.cohort, lesson=concept.lesson)
        page(learner, self.url(concept))
        with queries(6):
            html = page(learner, self.url(concept))
        assert html.count("0 answers") == min(number, 5)

    def test_the_lesson_leads_to_each_running_class(
        self, learner: Client, autumn: ClassOf, concept: Concept
    ) -> None:
        lesson = concept.lesson.get_absolute_url()
        MembershipFactory(cohort=autumn.other, user=autumn.learner.user, role=Role.LEARNER)
        html = page(learner, lesson)
        for slug, name in (("autumn", "Autumn class"), ("other", "Other class")):
            address = f"/cohorts/{slug}/lessons/{concept.lesson_id}/"
            assert f'hx-get="{address}" hx-trigger="revealed" hx-swap="innerHTML"' in html
            assert f'<a class="pad" href="{address}">Questions and dates in {name}</a>' in html
        autumn.other.archived_at = timezone.now()
        autumn.other.save(update_fields=["archived_at"])
        html = page(learner, lesson)
        assert "/cohorts/autumn/lessons/" in html
        assert "/cohorts/other/lessons/" not in html

    def test_who_is_in_no_class_of_the_course_gets_nothing(
        self, client: Client, autumn: ClassOf, concept: Concept
    ) -> None:
        elsewhere = LessonFactory(track__course=CourseFactory(slug="other-course"))
        for member, lesson in (
            (autumn.left, concept.lesson),
            (autumn.learner, elsewhere),
        ):
            html = page(as_member(client, member), lesson.get_absolute_url())
            assert "/cohorts/autumn/" not in html
            assert "hx-trigger" not in html


def test_classmates_never_read_an_address(
    client: Client, autumn: ClassOf, concept: Concept
) -> None:
    nameless = MembershipFactory(cohort=autumn.cohort, user__display_name="")
    asked = ThreadFactory(cohort=autumn.cohort, lesson=concept.lesson, author=nameless.user)
    for url in (LIST, url_of(asked)):
        html = page(as_member(client, autumn.learner), url)
        assert "a learner without a name" in html
        assert nameless.user.email not in html
