"""The files of a course as they were last loaded or exported: what an edit is measured against."""

from collections.abc import Mapping
from pathlib import Path

from django.db.models import Q

from courses.content.files import PICTURES, File, digest, is_picture
from courses.models import Course, CourseFile


def course_loaded(digests: Mapping[str, str]) -> Course | None:
    """The course that was last loaded from, or exported to, these very files."""
    found: dict[int, dict[str, str]] = {}
    for course, name, known in CourseFile.objects.values_list("course", "name", "digest"):
        found.setdefault(course, {})[name] = known
    ids = [course for course, files in found.items() if files == digests]
    return Course.objects.filter(pk__in=ids).first()


def files_loaded() -> set[tuple[str, str]]:
    """The names and digests of all files that were ever loaded here and not changed since."""
    return set(CourseFile.objects.values_list("name", "digest"))


def remember(course: Course, files: Mapping[str, File]) -> None:
    """Keep the bytes of each file, which the next change is measured against."""
    # Of some only the digests were kept; their bytes are here now.
    kept = Q(content__isnull=False) | Q(name__startswith=f"{PICTURES}/")
    found = CourseFile.objects.filter(kept, course=course)
    known = dict(found.values_list("name", "digest"))
    keep(course, {name: file.raw for name, file in files.items() if known.get(name) != file.digest})
    CourseFile.objects.filter(course=course).exclude(name__in=list(files)).delete()


def overrule(course: Course, files: Mapping[str, File]) -> None:
    """Keep that the database was given the word over these files, which are remembered."""
    for name, file in files.items():
        CourseFile.objects.filter(course=course, name=name).update(overruled=file.digest)


def remember_bytes(course: Course, root: Path) -> None:
    """Keep the bytes of files of which only the digests were kept, and that are still the same."""
    known = CourseFile.objects.filter(course=course, content=None).values_list("name", flat=True)
    keep(course, {one: (root / one).read_bytes() for one in known if not is_picture(one)})


def keep(course: Course, files: Mapping[str, bytes]) -> None:
    if not files:
        return
    CourseFile.objects.bulk_create(
        [
            CourseFile(
                course=course,
                name=name,
                # Pictures are kept in the library, and never change.
                content=None if is_picture(name) else raw,
                digest=digest(raw),
            )
            for name, raw in files.items()
        ],
        update_conflicts=True,
        unique_fields=["course", "name"],
        update_fields=["content", "digest"],
    )
