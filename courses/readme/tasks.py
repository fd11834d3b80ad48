"""What takes its time with a README is done outside the request."""

from uuid import UUID

from django.utils import timezone
from django_tasks import task

from courses.readme.imports import read_import, write_import


@task()
def read_readme(pk: str) -> bool:
    return read_import(UUID(pk))


@task()
def write_readme(pk: str) -> bool:
    return write_import(UUID(pk), timezone.now())
