"""The glossary, and its links in the lessons."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from courses import progress
from courses.glossary.linking import unlinked
from courses.history.editions import make_edition
from courses.history.recording import PAST, record
from courses.models import Concept, Course, Lesson, Status, Term
from courses.search.index import rebuild
from tests.factories import ConceptFactory, CourseFactory, LessonFactory, TermFactory, TrackFactory

pytestmark = pytest.mark.django_db

GLOSSARY = "/courses/llm-course/glossary/"
LESSON = "/courses/llm-course/engineer/serving/"


@pytest.fixture
def lesson() -> Lesson:
    """Its second concept explains what a KV cache is."""
    lesson: Lesson = LessonFactory(
        track=TrackFactory(slug="engineer"),
        slug="serving",
        title="Serving",
        introduction="The KV cache first.\n",
    )
    ConceptFactory(lesson=lesson, slug="memory", name="Memory", body="A logit. A logit.\n")
    concept = ConceptFactory(
        lesson=lesson, slug="cache", name="The cache", body="A KV cache. Élan and logits.\n"
    )
    TermFactory(
        slug="kv-cache",
        term="KV cache",
        also=["key-value cache", "KV caches"],
        definition="Keys and *values*, kept.\n",
        concept=concept,
    )
    TermFactory(slug="logit", term="logit", also=["logits"], definition="A score.\n")
    TermFactory(slug="elan", term="élan", definition="Speed.\n")
    TermFactory(slug="4-bit", term="4-bit", definition="Small.\n")
    return lesson


def text(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def shown(page: str) -> list[str]:
    """The terms that are not hidden."""
    return [slug for group in groups(page) for slug in group]


def groups(page: str) -> list[list[str]]:
    """The same by the section of the page that they stand in."""
    sections = re.findall(r'<section class="letter[^>]*"(| hidden)>(.*?)</section>', page, re.S)
    found = [
        re.findall(r'<div class="entry" id="([^"]*)"', text) for no, text in sections if not no
    ]
    return [group for group in found if group]


def linked(page: str) -> list[str]:
    """The words that lead to the glossary."""
    return re.findall(rf'<a class="term" href="{GLOSSARY}#[^"]*">(.*?)</a>', page)


class TestPage:
    def test_terms_stand_by_their_letters(self, client: Client, lesson: Lesson) -> None:
        page = text(client, GLOSSARY)
        assert shown(page) == ["elan", "kv-cache", "logit", "4-bit"]
        assert re.findall(r'<li><a href="#letter-(\w+)">(.)</a>', page) == [
            ("e", "E"),
            ("k", "K"),
            ("l", "L"),
            ("other", "#"),
        ]
        assert "Keys and <em>values</em>, kept." in page
        assert "Also: key-value cache<" in page  # not its plural
        where = f'Explained in <a href="{LESSON}#cache">Serving: The cache</a>'
        assert page.count("Explained in") == 1
        assert where in page
        assert ">4 terms</p>" in page

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ("CACHE", ["kv-cache"]),
            ("kv caches", ["kv-cache"]),
            ("values kept", ["kv-cache"]),
            ("elan", ["elan"]),
            ("É", ["elan", "kv-cache", "logit"]),
            ("s", ["kv-cache", "logit", "elan", "4-bit"]),
            ("  ", ["elan", "kv-cache", "logit", "4-bit"]),
            ("serving", []),
        ],
    )
    def test_words_are_looked_for(
        self, client: Client, lesson: Lesson, asked: str, found: list[str]
    ) -> None:
        """In names and definitions, not in the name of the lesson."""
        page = client.get(GLOSSARY, {"q": asked}).content.decode()
        assert shown(page) == found
        number = f"{len(found)} of 4 terms" if asked.strip() else "4 terms"
        assert f">{number}</p>" in page
        assert ('id="no-term" hidden>' in page) == bool(found)

    def test_names_that_begin_so_come_first(self, client: Client, lesson: Lesson) -> None:
        TermFactory(slug="adapter", term="adapter", definition="LoRA trains one.")
        TermFactory(slug="low-rank", term="A low rank", also=["LoRÀ"], definition="Few numbers.")
        TermFactory(slug="lora", term="LoRA", definition="Low rank.")
        TermFactory(slug="qlora", term="QLoRA", definition="In 4 bits.")
        page = text(client, f"{GLOSSARY}?q=lora")
        assert groups(page) == [["lora", "low-rank"], ["qlora"], ["adapter"]]
        assert '<div class="entry" id="lora" data-letter="letter-l" data-at="1">' in page
        assert '<nav class="letters no-print" aria-label="Letters" hidden>' in page
        # One word that begins a name is not the words that begin it.
        assert groups(text(client, f"{GLOSSARY}?q=rank+low")) == [["low-rank"], ["lora"]]

    def test_a_spelling_is_said_once(self, client: Client, lesson: Lesson) -> None:
        also = ["Bradley-Terry model", "Bradley–Terry", "bradley-terry", "Bradley−Terrys", "BT"]
        TermFactory(slug="bt", term="Bradley–Terry model", also=also, definition="Odds.")
        page = text(client, GLOSSARY)
        assert "Also: Bradley–Terry, BT<" in page
        assert groups(text(client, f"{GLOSSARY}?q=bradley-terry")) == [["bt"]]

    def test_hostile_words(self, client: Client, lesson: Lesson) -> None:
        page = client.get(GLOSSARY, {"q": '"><script>\0' + "x" * 5_000}).content.decode()
        assert "<script>\0" not in page
        assert shown(page) == []
        assert 'href="/search/?q=%22%3E%3Cscript%3E' in page

    def test_a_lesson_nobody_reads_yet_is_not_named(self, client: Client, lesson: Lesson) -> None:
        Lesson.objects.update(status=Status.DRAFT)
        page = text(client, GLOSSARY)
        assert "Explained in" not in page
        Lesson.objects.update(
            status=Status.PUBLISHED, publish_at=timezone.now() + timedelta(days=1)
        )
        Concept.objects.update(archived=True)
        assert "Explained in" not in text(client, GLOSSARY)

    def test_without_terms_it_says_what_to_do(self, client: Client) -> None:
        TermFactory(course=CourseFactory(), archived=True)
        page = text(client, GLOSSARY)
        assert "This course has no glossary yet." in page
        assert 'href="/search/"' in page
        assert GLOSSARY not in text(client, "/courses/llm-course/")

    def test_ways_to_it(self, client: Client, lesson: Lesson) -> None:
        assert f'href="{GLOSSARY}"' in text(client, "/courses/llm-course/")
        assert f'<a class="pad" href="{GLOSSARY}">Glossary</a>' in text(client, LESSON)
        rebuild(Course.objects.get())
        hits = text(client, "/search/?q=key-value")
        assert f'<h2 class="h-small"><a href="{GLOSSARY}#kv-cache">KV cache</a></h2>' in hits
        assert "Glossary: key-value cache, KV caches" in hits

    def test_unknown_course(self, client: Client) -> None:
        assert client.get("/courses/none/glossary/").status_code == 404

    def test_wrong_method(self, client: Client, lesson: Lesson) -> None:
        assert client.post(GLOSSARY).status_code == 405

    @pytest.mark.parametrize("terms", [1, 30])
    def test_queries(
        self,
        client: Client,
        lesson: Lesson,
        terms: int,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for _ in range(terms):
            TermFactory(concept=Concept.objects.first())
        # stamp; course, tracks, lessons, concepts, what they need, notebooks, terms; terms, lessons
        with django_assert_num_queries(10):
            client.get(GLOSSARY)
        with django_assert_num_queries(0):
            client.get(GLOSSARY)


class TestChanges:
    def test_readers_are_told_of_a_term(self, client: Client, lesson: Lesson) -> None:
        course = Course.objects.get()
        now = timezone.now()
        edition = make_edition(course=course, name="2025", by=None, note="", now=now)
        term = Term.objects.get(slug="logit")
        term.definition = "A score before softmax.\n"
        term.save()
        TermFactory(slug="new", term="new word", concept=Concept.objects.first())
        record(course=course, names=["glossary.yaml"], change=PAST, now=now + timedelta(hours=1))
        page = text(client, "/courses/llm-course/changes/")
        assert f'<a href="{GLOSSARY}">Glossary</a>' in page
        assert f'<a href="{GLOSSARY}#logit">Term “logit”</a>' in page
        assert f'<a href="{GLOSSARY}#new">Term “new word”</a>' in page
        compared = text(client, f"/courses/llm-course/changes/compare/?from={edition.pk}")
        assert '<h2 class="h-small" id="glossary-h">Glossary</h2>' in compared
        assert "Term “logit”" in compared


class TestTerm:
    """One definition, for the script that shows it beside a link."""

    def test_a_definition(
        self,
        client: Client,
        lesson: Lesson,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        answer = client.get(f"{GLOSSARY}kv-cache/")
        assert answer.json() == {
            "term": "KV cache",
            "html": "<p>Keys and <em>values</em>, kept.</p>",
        }
        assert answer["X-Robots-Tag"] == "noindex"
        with django_assert_num_queries(0):
            client.get(f"{GLOSSARY}logit/")

    @pytest.mark.parametrize("slug", ["none", "old"])
    def test_what_is_not_there(self, client: Client, lesson: Lesson, slug: str) -> None:
        TermFactory(slug="old", archived=True)
        assert client.get(f"{GLOSSARY}{slug}/").status_code == 404
        assert client.get(f"/courses/none/glossary/{slug}/").status_code == 404

    def test_wrong_method(self, client: Client, lesson: Lesson) -> None:
        assert client.post(f"{GLOSSARY}logit/").status_code == 405


class TestLinks:
    def test_the_first_use_leads_to_the_glossary(self, client: Client, lesson: Lesson) -> None:
        page = text(client, LESSON)
        assert linked(page) == ["KV cache", "logit", "Élan"]
        assert f'The <a class="term" href="{GLOSSARY}#kv-cache">KV cache</a> first.' in page
        assert "<p>A KV cache. " in page

    def test_not_where_it_is_explained(self, client: Client, lesson: Lesson) -> None:
        Lesson.objects.update(introduction="Nothing.\n")
        assert linked(text(client, LESSON)) == ["logit", "Élan"]
        other = LessonFactory(track=lesson.track, slug="other", introduction="KV caches.")
        ConceptFactory(lesson=other, slug="cache", body="A key-value cache.")
        assert linked(text(client, other.get_absolute_url())) == ["KV caches"]

    def test_a_change_of_the_glossary_reaches_lessons(self, client: Client, lesson: Lesson) -> None:
        text(client, LESSON)
        term = Term.objects.get(slug="logit")
        term.archived = True
        term.save()
        assert linked(text(client, LESSON)) == ["KV cache", "Élan"]
        Term.objects.get(slug="kv-cache").delete()
        assert linked(text(client, LESSON)) == ["Élan"]

    def test_another_course_has_its_own(self, client: Client, lesson: Lesson) -> None:
        Term.objects.all().delete()
        TermFactory(course=CourseFactory(slug="other"), term="KV cache")
        page = text(client, LESSON)
        assert linked(page) == []
        assert "glossary" not in page

    def test_a_preview_is_the_page_without_them(
        self, client: Client, editor: User, lesson: Lesson
    ) -> None:
        """What stands before a text in its lesson is not known to its preview."""
        page = text(client, LESSON)
        client.force_login(editor)
        answer = client.post(
            "/admin/courses/lesson/render/",
            {
                "source": "A KV cache. Élan and logits.\n",
                "prefix": "cache",
                "name": "The cache",
                "place": 2,
                "all": 2,
                "as": "section",
            },
        )
        assert answer.json()["html"] in unlinked(page)
        assert linked(answer.json()["html"]) == []

    def test_what_changed_is_marked_as_ever(
        self, as_learner: Client, learner: User, lesson: Lesson
    ) -> None:
        course = Course.objects.get()
        record(course=course, names=None, change=PAST, now=timezone.now())
        progress.enrol(user=learner, course=course, now=timezone.now())
        text(as_learner, LESSON)
        Term.objects.filter(slug="logit").update(term="another word", also=[])
        Concept.objects.filter(slug="memory").update(body="A logit. A large logit.\n")
        TermFactory(slug="large", term="large")
        lesson.version += 1
        lesson.save()
        record(course=course, names=None, change=PAST, now=timezone.now())
        page = text(as_learner, LESSON)
        link = f'<a class="term" href="{GLOSSARY}#large">large</a>'
        assert f'<p>A logit. A <ins data-said="added">{link} </ins>logit.</p>' in page
        assert linked(page) == ["KV cache", "large", "Élan"]
        assert page.count("<ins") == 1
        assert "<del" not in page
