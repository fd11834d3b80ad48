"""What everybody gets at every address of classes; each file of `cohorts/urls/` has a table.

A line holds the answers to GET and to an empty POST: one for all personas, or one each for
anonymous, stranger, other teacher, removed, learner, observer, assistant, teacher and owner.
Whoever is not in the class gets 404, whoever has too small a role 403.
"""

from collections.abc import Mapping

Table = Mapping[str, tuple[str, str]]

CLASSES: Table = {
    "/cohorts/": ("302 200 200 200 200 200 200 200 200", "405"),
    "/cohorts/new/": (
        "302 403 200 403 403 403 403 200 200",
        "302 403 422 403 403 403 403 422 422",
    ),
    "/cohorts/look/stop/": ("302", "302"),
    "/join/": ("302 200 200 200 200 200 200 200 200", "302 422 422 422 422 422 422 422 422"),
    "/join/<str:code>/": (
        "302 200 200 200 302 302 302 302 302",
        "302 302 302 409 302 302 302 302 302",
    ),
    "/cohorts/<slug:cohort>/leave/": (
        "302 404 404 404 200 200 200 200 200",
        "302 404 404 404 302 302 302 302 409",
    ),
    "/cohorts/<slug:cohort>/join-code/": (
        "302 404 404 404 403 200 200 200 200",
        "302 404 404 404 403 403 403 302 302",
    ),
    "/cohorts/<slug:cohort>/join-code/screen/": ("302 404 404 404 403 200 200 200 200", "405"),
    "/cohorts/<slug:cohort>/join-code/reset/": (
        "302 404 404 404 403 403 403 200 200",
        "302 404 404 404 403 403 403 302 302",
    ),
    "/cohorts/<slug:cohort>/settings/": (
        "302 404 404 404 403 403 403 200 200",
        "302 404 404 404 403 403 403 422 422",
    ),
    "/cohorts/<slug:cohort>/archive/": (
        "302 404 404 404 403 403 403 403 200",
        "302 404 404 404 403 403 403 403 302",
    ),
    "/cohorts/<slug:cohort>/unarchive/": (
        "302 404 404 404 403 403 403 403 200",
        "302 404 404 404 403 403 403 403 302",
    ),
    "/cohorts/<slug:cohort>/copy/": (
        "302 404 404 404 403 403 403 200 200",
        "302 404 404 404 403 403 403 422 422",
    ),
    "/cohorts/<slug:cohort>/hand-over/": (
        "302 404 404 404 403 403 403 403 200",
        "302 404 404 404 403 403 403 403 422",
    ),
    "/cohorts/<slug:cohort>/log/": ("302 404 404 404 403 403 403 200 200", "405"),
    "/cohorts/<slug:cohort>/look/": ("405", "302 404 404 404 403 302 302 302 302"),
}
NOT_TEACHING = "302 404 404 404 403 403 403"
# The member is a learner, as are those the invitation and the group are for.
PEOPLE: Table = {
    "/cohorts/invitations/<str:token>/": ("404", "404"),
    "/cohorts/<slug:cohort>/people/": ("302 404 404 404 403 200 200 200 200", "405"),
    "/cohorts/<slug:cohort>/people/move/": ("405", f"{NOT_TEACHING} 302 302"),
    "/cohorts/<slug:cohort>/people/<int:member>/edit/": (
        f"{NOT_TEACHING} 200 200",
        f"{NOT_TEACHING} 422 422",
    ),
    "/cohorts/<slug:cohort>/people/<int:member>/remove/": (
        f"{NOT_TEACHING} 200 200",
        f"{NOT_TEACHING} 302 302",
    ),
    "/cohorts/<slug:cohort>/people/<int:member>/back/": ("405", f"{NOT_TEACHING} 302 302"),
    "/cohorts/<slug:cohort>/people/groups/": (
        f"{NOT_TEACHING} 200 200",
        f"{NOT_TEACHING} 422 422",
    ),
    "/cohorts/<slug:cohort>/people/groups/<int:group>/": (
        f"{NOT_TEACHING} 200 200",
        f"{NOT_TEACHING} 422 422",
    ),
    "/cohorts/<slug:cohort>/people/groups/<int:group>/delete/": (
        f"{NOT_TEACHING} 200 200",
        f"{NOT_TEACHING} 302 302",
    ),
    "/cohorts/<slug:cohort>/people/invite/": (
        f"{NOT_TEACHING} 200 200",
        f"{NOT_TEACHING} 422 422",
    ),
    "/cohorts/<slug:cohort>/people/roster/": (
        f"{NOT_TEACHING} 200 200",
        f"{NOT_TEACHING} 422 422",
    ),
    "/cohorts/<slug:cohort>/people/roster/template.csv": (f"{NOT_TEACHING} 200 200", "405"),
    "/cohorts/<slug:cohort>/people/oneroster/": (
        f"{NOT_TEACHING} 200 200",
        f"{NOT_TEACHING} 422 422",
    ),
    "/cohorts/<slug:cohort>/people/oneroster.zip": (f"{NOT_TEACHING} 200 200", "405"),
    # A list whose report was not read is not added.
    "/cohorts/<slug:cohort>/people/imports/<uuid:import_id>/": (
        f"{NOT_TEACHING} 200 200",
        f"{NOT_TEACHING} 409 409",
    ),
    "/cohorts/<slug:cohort>/people/imports/<uuid:import_id>/rejected.csv": (
        f"{NOT_TEACHING} 200 200",
        "405",
    ),
    "/cohorts/<slug:cohort>/people/invitations/<int:invitation>/again/": (
        "405",
        f"{NOT_TEACHING} 302 302",
    ),
    "/cohorts/<slug:cohort>/people/invitations/<int:invitation>/take-back/": (
        "405",
        f"{NOT_TEACHING} 302 302",
    ),
}
SCHEDULE: Table = {
    "/cohorts/mail/": ("302 200 200 200 200 200 200 200 200", "302"),
    "/cohorts/mail/stop/<str:token>/": ("404", "404"),
    "/cohorts/calendar/": ("302 200 200 200 200 200 200 200 200", "405"),
    "/cohorts/calendar/on/": ("405", "302"),
    "/cohorts/calendar/reset/": ("302 200 200 200 200 200 200 200 200", "302"),
    "/cohorts/calendar/off/": ("302 200 200 200 200 200 200 200 200", "302"),
    "/cohorts/calendar/<str:token>.ics": ("404", "405"),
    "/cohorts/<slug:cohort>/calendar/": ("302 404 404 404 200 200 200 200 200", "405"),
    "/cohorts/<slug:cohort>/schedule/": ("302 404 404 404 200 200 200 200 200", "405"),
    "/cohorts/<slug:cohort>/schedule/edit/": (
        "302 404 404 404 403 403 403 200 200",
        "302 404 404 404 403 403 403 302 302",
    ),
    "/cohorts/<slug:cohort>/schedule/undo/": ("405", "302 404 404 404 403 403 403 302 302"),
    "/cohorts/<slug:cohort>/schedule/shift/": (
        "302 404 404 404 403 403 403 200 200",
        "302 404 404 404 403 403 403 422 422",
    ),
    "/cohorts/<slug:cohort>/extensions/": ("302 404 404 404 403 200 200 200 200", "405"),
    "/cohorts/<slug:cohort>/extensions/give/": (
        "302 404 404 404 403 403 403 200 200",
        "302 404 404 404 403 403 403 422 422",
    ),
    "/cohorts/<slug:cohort>/extensions/<int:extension>/": (
        "302 404 404 404 403 403 403 200 200",
        "302 404 404 404 403 403 403 422 422",
    ),
    "/cohorts/<slug:cohort>/extensions/<int:extension>/take-back/": (
        "302 404 404 404 403 403 403 200 200",
        "302 404 404 404 403 403 403 422 422",
    ),
    "/cohorts/<slug:cohort>/schedule/spread/": (
        "302 404 404 404 403 403 403 200 200",
        "302 404 404 404 403 403 403 422 422",
    ),
}
EVERYBODY = "302 404 404 404 200 200 200 200 200"
SETTING_WRONG = "302 404 404 404 403 403 403 422 422"
# Learners alone write and hand in, whoever teaches alone sets work; the file is a learner's.
SETTING = "302 404 404 404 403 403 403 200 200"
SET = "302 404 404 404 403 403 403 302 302"
ONE = "/cohorts/<slug:cohort>/assignments/<int:assignment>/"
WORK: Table = {
    "/cohorts/<slug:cohort>/assignments/": (EVERYBODY, "405"),
    "/cohorts/<slug:cohort>/assignments/new/": (SETTING, SETTING_WRONG),
    ONE: (EVERYBODY, "405"),
    f"{ONE}edit/": (SETTING, SETTING_WRONG),
    f"{ONE}rubric/": (SETTING, SET),
    f"{ONE}move/": ("405", SET),
    f"{ONE}publish/": ("405", SET),
    f"{ONE}duplicate/": ("405", SET),
    f"{ONE}delete/": (SETTING, SET),
    f"{ONE}draft/": ("405", "302 404 404 404 302 403 403 403 403"),
    f"{ONE}hand-in/": (
        "302 404 404 404 302 403 403 403 403",
        "302 404 404 404 302 403 403 403 403",
    ),
    f"{ONE}again/": ("405", "302 404 404 404 302 403 403 403 403"),
    f"{ONE}hand-ins.zip": ("302 404 404 404 403 403 200 200 200", "405"),
    "/cohorts/<slug:cohort>/submissions/<uuid:submission>/": (
        "302 404 404 404 200 404 404 404 404",
        "405",
    ),
    "/cohorts/<slug:cohort>/files/<uuid:file>/": ("302 404 404 404 200 404 200 200 200", "405"),
}
GRADING: Table = {
    "/cohorts/<slug:cohort>/grading/": ("302 404 404 404 403 403 200 200 200", "405"),
    "/cohorts/<slug:cohort>/grading/work/<uuid:submission>/": (
        "302 404 404 404 403 403 200 200 200",
        "302 404 404 404 403 403 422 422 422",
    ),
    "/cohorts/<slug:cohort>/grading/answers/<int:response>/": (
        "302 404 404 404 403 403 200 200 200",
        "302 404 404 404 403 403 422 422 422",
    ),
    "/cohorts/<slug:cohort>/grading/items/<int:item>/release/": (
        "302 404 404 404 403 403 403 200 200",
        "302 404 404 404 403 403 403 302 302",
    ),
    "/cohorts/<slug:cohort>/quizzes/": ("302 404 404 404 403 200 200 200 200", "405"),
    "/cohorts/<slug:cohort>/quizzes/<slug:quiz>/analysis/": (
        "302 404 404 404 403 200 200 200 200",
        "405",
    ),
    "/cohorts/<slug:cohort>/quizzes/questions/<int:question>/": (
        "302 404 404 404 403 200 200 200 200",
        "405",
    ),
    "/cohorts/<slug:cohort>/attempts/<uuid:attempt>/": (
        "302 404 404 404 403 200 200 200 200",
        "405",
    ),
}
GRADEBOOK: Table = {
    "/cohorts/<slug:cohort>/grades/": (
        "302 404 404 404 200 403 403 403 403",
        "405",
    ),
    "/cohorts/<slug:cohort>/gradebook/": (
        "302 404 404 404 403 200 200 200 200",
        "405",
    ),
    "/cohorts/<slug:cohort>/gradebook/setup/": (
        "302 404 404 404 403 403 403 200 200",
        "405",
    ),
    "/cohorts/<slug:cohort>/gradebook/categories/new/": (
        "302 404 404 404 403 403 403 200 200",
        "302 404 404 404 403 403 403 422 422",
    ),
    "/cohorts/<slug:cohort>/gradebook/categories/<int:category>/": (
        "302 404 404 404 403 403 403 200 200",
        "302 404 404 404 403 403 403 422 422",
    ),
    "/cohorts/<slug:cohort>/gradebook/categories/<int:category>/remove/": (
        "302 404 404 404 403 403 403 200 200",
        "302 404 404 404 403 403 403 302 302",
    ),
    "/cohorts/<slug:cohort>/gradebook/items/new/": (
        "302 404 404 404 403 403 403 200 200",
        "302 404 404 404 403 403 403 422 422",
    ),
    "/cohorts/<slug:cohort>/gradebook/items/<int:item>/": (
        "302 404 404 404 403 200 200 200 200",
        "302 404 404 404 403 403 422 422 422",
    ),
    "/cohorts/<slug:cohort>/gradebook/items/<int:item>/edit/": (
        "302 404 404 404 403 403 403 200 200",
        "302 404 404 404 403 403 403 422 422",
    ),
    "/cohorts/<slug:cohort>/gradebook/items/<int:item>/remove/": (
        "302 404 404 404 403 403 403 200 200",
        "302 404 404 404 403 403 403 302 302",
    ),
    "/cohorts/<slug:cohort>/gradebook/<int:member>/": (
        "302 404 404 404 403 200 200 200 200",
        "405",
    ),
    "/cohorts/<slug:cohort>/gradebook/<int:member>/<int:item>/": (
        "302 404 404 404 403 200 200 200 200",
        "302 404 404 404 403 403 422 422 422",
    ),
}
# The note is the owner's: nobody else deletes it.
BOOK = "/cohorts/<slug:cohort>/gradebook/"
TEACHING = "302 404 404 404 403 403 403 200 200"
EXPORTS: Table = {
    f"{BOOK}files/": (TEACHING, "405"),
    f"{BOOK}export.csv": (TEACHING, "405"),
    f"{BOOK}export.xlsx": (TEACHING, "405"),
    f"{BOOK}oneroster.zip": (TEACHING, "405"),
    f"{BOOK}import/": (TEACHING, "302 404 404 404 403 403 403 422 422"),
    f"{BOOK}import/<uuid:upload>/": (
        "302 404 404 404 403 403 403 404 200",
        "302 404 404 404 403 403 403 404 409",
    ),
}
OVERVIEW: Table = {
    "/cohorts/<slug:cohort>/": ("302 404 404 404 200 200 200 200 200", "405"),
    "/cohorts/<slug:cohort>/at-risk/": (
        "302 404 404 404 403 200 200 200 200",
        "302 404 404 404 403 403 403 422 422",
    ),
    "/cohorts/<slug:cohort>/people/<int:member>/": (
        "302 404 404 404 403 200 200 200 200",
        "405",
    ),
    "/cohorts/<slug:cohort>/people/<int:member>/notes/": (
        "405",
        "302 404 404 404 403 403 422 422 422",
    ),
    "/cohorts/<slug:cohort>/notes/<int:note>/delete/": (
        "302 404 404 404 403 403 403 403 200",
        "302 404 404 404 403 403 403 403 302",
    ),
}
# The question and the answer are the learner's own.
TALK: Table = {
    "/cohorts/<slug:cohort>/announcements/": ("302 404 404 404 200 200 200 200 200", "405"),
    "/cohorts/<slug:cohort>/announcements/new/": (
        "302 404 404 404 403 403 403 200 200",
        "302 404 404 404 403 403 403 422 422",
    ),
    "/cohorts/<slug:cohort>/announcements/<int:announcement>/": (
        "302 404 404 404 200 200 200 200 200",
        "405",
    ),
    "/cohorts/<slug:cohort>/announcements/<int:announcement>/edit/": (
        "302 404 404 404 403 403 403 200 200",
        "302 404 404 404 403 403 403 422 422",
    ),
    "/cohorts/<slug:cohort>/announcements/<int:announcement>/delete/": (
        "302 404 404 404 403 403 403 200 200",
        "302 404 404 404 403 403 403 302 302",
    ),
    "/cohorts/<slug:cohort>/questions/": ("302 404 404 404 200 200 200 200 200", "405"),
    "/cohorts/<slug:cohort>/questions/ask/": (
        "302 404 404 404 200 403 200 200 200",
        "302 404 404 404 422 403 422 422 422",
    ),
    "/cohorts/<slug:cohort>/questions/<int:thread>/": (
        "302 404 404 404 200 200 200 200 200",
        "302 404 404 404 422 403 422 422 422",
    ),
    "/cohorts/<slug:cohort>/questions/<int:thread>/edit/": (
        "302 404 404 404 200 403 403 403 403",
        "302 404 404 404 422 403 403 403 403",
    ),
    "/cohorts/<slug:cohort>/questions/<int:thread>/resolve/": (
        "405",
        "302 404 404 404 302 403 302 302 302",
    ),
    "/cohorts/<slug:cohort>/questions/<int:thread>/hide/": (
        "405",
        "302 404 404 404 403 403 302 302 302",
    ),
    "/cohorts/<slug:cohort>/questions/<int:thread>/report/": (
        "302 404 404 404 403 403 200 200 200",
        "302 404 404 404 403 403 422 422 422",
    ),
    "/cohorts/<slug:cohort>/answers/<int:post>/edit/": (
        "302 404 404 404 200 403 403 403 403",
        "302 404 404 404 422 403 403 403 403",
    ),
    "/cohorts/<slug:cohort>/answers/<int:post>/delete/": (
        "302 404 404 404 200 403 403 403 403",
        "302 404 404 404 302 403 403 403 403",
    ),
    "/cohorts/<slug:cohort>/answers/<int:post>/hide/": (
        "405",
        "302 404 404 404 403 403 302 302 302",
    ),
    "/cohorts/<slug:cohort>/answers/<int:post>/pin/": (
        "405",
        "302 404 404 404 403 403 302 302 302",
    ),
    "/cohorts/<slug:cohort>/answers/<int:post>/report/": (
        "302 404 404 404 403 403 200 200 200",
        "302 404 404 404 403 403 422 422 422",
    ),
    "/cohorts/<slug:cohort>/reports/": ("302 404 404 404 403 403 200 200 200", "405"),
    "/cohorts/<slug:cohort>/reports/<int:report>/settle/": (
        "405",
        "302 404 404 404 403 403 302 302 302",
    ),
    "/cohorts/<slug:cohort>/lessons/<int:lesson>/": ("302 404 404 404 200 200 200 200 200", "405"),
}

ROUTES: Table = {
    **CLASSES,
    **PEOPLE,
    **SCHEDULE,
    **WORK,
    **GRADING,
    **GRADEBOOK,
    **EXPORTS,
    **OVERVIEW,
    **TALK,
}
