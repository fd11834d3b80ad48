"""An outline as the documents of a course: what its files would say."""

from dataclasses import dataclass

from courses.content.normal import COURSE, NOTEBOOKS, Document, normal
from courses.editor.counting import minutes_for, words_in
from courses.readme.outline import Concept, Lesson, Notebook, Outline, Reference
from courses.readme.slugs import TAKEN, Slugs

# A README says nothing of time: reading, and then a while for each concept and its questions.
LEAST_MINUTES, MINUTES_A_CONCEPT, MOST_MINUTES = 5, 2, 600


@dataclass(frozen=True, slots=True)
class Documents:
    """`lessons` by `track/lesson`, in the order of the course."""

    course: Document
    lessons: dict[str, Document]
    notebooks: Document

    @property
    def all(self) -> dict[str, Document]:
        """By the names of their files."""
        files = {file_of(name): data for name, data in self.lessons.items()}
        return {COURSE: self.course, **files, NOTEBOOKS: self.notebooks}


def file_of(name: str) -> str:
    return f"{name}.yaml"


def documents_of(outline: Outline, *, slug: str, title: str) -> Documents:
    """The documents of a course at `slug`. Its lessons are drafts."""
    tracks = []
    lessons: dict[str, Document] = {}
    places: dict[tuple[int, int], str] = {}
    slugs = Slugs(TAKEN)
    for at, part in enumerate(outline.parts):
        track = slugs.of(part.title or title, "part")
        own = Slugs()
        listed = []
        for place, lesson in enumerate(part.lessons):
            listed.append(own.of(lesson.title, "lesson"))
            name = places[at, place] = f"{track}/{listed[-1]}"
            lessons[name] = lesson_of(lesson)
        tracks.append(
            {
                "slug": track,
                "title": part.title or title,
                "summary": part.summary,
                "optional": part.optional,
                "lessons": listed,
            }
        )
    course = {"slug": slug, "title": title, "summary": outline.summary, "tracks": tracks}
    notebooks = {"notebooks": notebooks_of(outline.notebooks, places)}
    return Documents(normal(COURSE, course), lessons, normal(NOTEBOOKS, notebooks))


def lesson_of(lesson: Lesson) -> Document:
    slugs = Slugs()
    data = {
        "title": lesson.title,
        "minutes": minutes_of(lesson),
        "status": "draft",
        "introduction": lesson.introduction,
        "concepts": [concept_of(one, slugs) for one in lesson.concepts],
        "references": [reference_of(one) for one in lesson.references],
    }
    return normal("lesson.yaml", data)


def minutes_of(lesson: Lesson) -> int:
    words = words_in(lesson.introduction) + sum(words_in(one.body) for one in lesson.concepts)
    minutes = minutes_for(words) + MINUTES_A_CONCEPT * len(lesson.concepts)
    return min(max(LEAST_MINUTES, minutes), MOST_MINUTES)


def concept_of(concept: Concept, slugs: Slugs) -> Document:
    return {
        "slug": slugs.of(concept.name, "concept"),
        "name": concept.name,
        "body": concept.body,
    }


def reference_of(reference: Reference) -> Document:
    return {
        "title": reference.title,
        "url": reference.url,
        "author": reference.author,
        "author_url": reference.author_url,
        "kind": reference.kind,
        "note": reference.note,
    }


def notebooks_of(
    notebooks: tuple[Notebook, ...], places: dict[tuple[int, int], str]
) -> list[Document]:
    slugs = Slugs()
    return [
        {
            "slug": slugs.of(one.title, "notebook"),
            "category": one.category or "Notebooks",
            "title": one.title,
            "description": one.description,
            "colab": one.colab,
            "article": one.article,
            "homepage": one.homepage,
            "lessons": [places[one.lesson]] if one.lesson in places else [],
        }
        for one in notebooks
    ]
