"""Sending what was handed in to those who may have it; as a download, never as a page."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.files import File
from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.middleware import SignedInRequest
from cohorts.files import content_type_of
from cohorts.models import Assignment, Membership, SubmissionFile
from cohorts.permissions import can_see_work
from cohorts.views.doors import enter
from cohorts.work.archives import archive_of, name_of_archive
from cohorts.work.naming import name_for

SAFE = {
    # Where a browser shows it nevertheless: nothing runs, nothing loads, no cookie is sent.
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@require_safe
@login_required
def file(request: SignedInRequest, cohort: str, file: UUID) -> FileResponse:
    """To its learner, and once it is handed in to who may see the work of the class."""
    member = enter(request, cohort)
    found = get_object_or_404(
        files_for(member).select_related("submission__assignment__grade_item"), pk=file
    )
    return FileResponse(
        opened(found),
        as_attachment=True,
        filename=name_for(member, found),
        content_type=content_type_of(found.name),
        headers=SAFE,
    )


def files_for(member: Membership) -> QuerySet[SubmissionFile]:
    whose = Q(submission__membership=member)
    if can_see_work(member):
        whose |= Q(submission__submitted_at__isnull=False)
    return SubmissionFile.objects.filter(whose, submission__assignment__cohort=member.cohort_id)


def opened(file: SubmissionFile) -> File[bytes]:
    try:
        return file.file.open("rb")
    except FileNotFoundError as missing:
        raise Http404 from missing


@require_safe
@login_required
def archive(request: SignedInRequest, cohort: str, assignment: int) -> StreamingHttpResponse:
    """All that counts for one assignment, as it is packed."""
    member = enter(request, cohort, can_see_work)
    work = Assignment.objects.select_related("grade_item")
    found = get_object_or_404(work, cohort=member.cohort, pk=assignment)
    packed = archive_of(found)
    name = name_of_archive(member.cohort, found)
    headers = {**SAFE, "Content-Disposition": content_disposition_header(True, name) or ""}
    return StreamingHttpResponse(packed, content_type="application/zip", headers=headers)
