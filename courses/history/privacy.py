"""What is kept about who edits the course."""

from collections.abc import Iterator

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.privacy import Row, Section, register
from courses.models import Edition, Image, LessonDraft, LessonPreview, ReadmeImport, Revision


def revisions(user: User) -> Iterator[Row]:
    """Without the texts, which are the course's."""
    mine = Revision.objects.filter(made_by=user).select_related("course").defer("data")
    for revision in mine.order_by("pk").iterator():
        yield {
            "course": revision.course.title,
            "file": revision.name,
            "made": revision.made_at,
            "from": str(revision.get_source_display()),
            "kind_of_change": str(revision.get_mark_display()),
            "note": revision.note,
        }


def editions(user: User) -> Iterator[Row]:
    mine = Edition.objects.filter(made_by=user).select_related("course").order_by("pk")
    for edition in mine.annotate(number=Count("revisions")):
        yield {
            "course": edition.course.title,
            "name": edition.name,
            "made": edition.made_at,
            "note": edition.note,
            "files": edition.number,
        }


def drafts(user: User) -> Iterator[Row]:
    """With what is written in them: it is published nowhere yet."""
    mine = LessonDraft.objects.filter(updated_by=user).select_related("lesson__track")
    for draft in mine.order_by("pk"):
        yield {
            "track": draft.lesson.track.title,
            "lesson": draft.lesson.title,
            "state": str(draft.get_state_display()),
            "saved": draft.updated_at,
            "published_at": draft.publish_at,
            "kind_of_change": str(draft.get_mark_display()),
            "note": draft.note,
            "content": draft.data,
        }


def previews(user: User) -> Iterator[Row]:
    """Never the link itself, which opens to whoever has it."""
    mine = LessonPreview.objects.filter(made_by=user).select_related("lesson").order_by("pk")
    for preview in mine:
        yield {
            "lesson": preview.lesson.title,
            "made": preview.made_at,
            "expires": preview.expires_at,
        }


def images(user: User) -> Iterator[Row]:
    mine = Image.objects.filter(uploaded_by=user).select_related("course").order_by("pk")
    for image in mine:
        yield {
            "course": image.course.title,
            "name": str(image),
            "alternative_text": image.alt,
            "uploaded": image.uploaded_at,
            "bytes": image.size,
        }


def readme_imports(user: User) -> Iterator[Row]:
    mine = ReadmeImport.objects.filter(made_by=user).defer("content", "report")
    for one in mine.order_by("made_at", "pk"):
        yield {
            "file": one.filename,
            "course": one.course,
            "made": one.made_at,
            "state": str(one.get_state_display()),
            "problem": one.problem,
        }


register(
    Section(
        "revisions",
        _("Changes to the course"),
        revisions,
        _("They stay in the history of the course, without your name."),
    ),
    Section(
        "editions",
        _("Editions you named"),
        editions,
        _("They stay with the course, without your name."),
    ),
    Section(
        "lesson-drafts",
        _("Drafts you saved last"),
        drafts,
        _("They stay with the course, without your name."),
    ),
    Section(
        "lesson-previews",
        _("Preview links of lessons"),
        previews,
        _("Deleted. The links no longer work."),
    ),
    Section(
        "images",
        _("Images you uploaded"),
        images,
        _("They stay with the course, without your name."),
    ),
    Section(
        "readme-imports",
        _("READMEs you brought in"),
        readme_imports,
        _("Deleted. What was written into the course stays."),
    ),
)
