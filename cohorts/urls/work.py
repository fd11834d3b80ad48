from django.urls import URLPattern, path

from cohorts.views import (
    assignments,
    work_drafts,
    work_files,
    work_hand_ins,
    work_rubric,
    work_setting,
)

WORK = "cohorts/<slug:cohort>/assignments/"
ONE = f"{WORK}<int:assignment>/"

urlpatterns: list[URLPattern] = [
    path(WORK, assignments.assignments, name="assignments"),
    path(f"{WORK}new/", work_setting.new, name="assignment_new"),
    path(ONE, assignments.assignment, name="assignment"),
    path(f"{ONE}edit/", work_setting.edit, name="assignment_edit"),
    path(f"{ONE}rubric/", work_rubric.rubric, name="assignment_rubric"),
    path(f"{ONE}move/", work_setting.move, name="assignment_move"),
    path(f"{ONE}publish/", work_setting.publish, name="assignment_publish"),
    path(f"{ONE}duplicate/", work_setting.duplicate, name="assignment_duplicate"),
    path(f"{ONE}delete/", work_setting.delete, name="assignment_delete"),
    path(f"{ONE}draft/", work_drafts.draft, name="draft"),
    path(f"{ONE}hand-in/", work_hand_ins.confirm_hand_in, name="hand_in"),
    path(f"{ONE}again/", work_hand_ins.again, name="hand_in_again"),
    path(f"{ONE}hand-ins.zip", work_files.archive, name="hand_ins_zip"),
    path(
        "cohorts/<slug:cohort>/submissions/<uuid:submission>/",
        work_hand_ins.submission,
        name="submission",
    ),
    path("cohorts/<slug:cohort>/files/<uuid:file>/", work_files.file, name="submission_file"),
]
