"""What everybody gets at every address of classes; each file of `cohorts/urls/` has a table.

A line holds the answers to GET and to an empty POST: one for all personas, or one each for
anonymous, stranger, other teacher, removed, learner, observer, assistant, teacher and owner.
Whoever is not in the class gets 404, whoever has too small a role 403.
"""

from collections.abc import Mapping

Table = Mapping[str, tuple[str, str]]

CLASSES: Table = {}
PEOPLE: Table = {}
SCHEDULE: Table = {
    "/cohorts/mail/": ("302 200 200 200 200 200 200 200 200", "302"),
    "/cohorts/mail/stop/<str:token>/": ("404", "404"),
    "/cohorts/<slug:cohort>/schedule/": ("302 404 404 404 200 200 200 200 200", "405"),
    "/cohorts/<slug:cohort>/schedule/edit/": (
        "302 404 404 404 403 403 403 200 200",
        "302 404 404 404 403 403 403 404 404",
    ),
    "/cohorts/<slug:cohort>/schedule/undo/": ("405", "302 404 404 404 403 403 403 302 302"),
    "/cohorts/<slug:cohort>/schedule/shift/": (
        "302 404 404 404 403 403 403 200 200",
        "302 404 404 404 403 403 403 422 422",
    ),
    "/cohorts/<slug:cohort>/schedule/spread/": (
        "302 404 404 404 403 403 403 200 200",
        "302 404 404 404 403 403 403 422 422",
    ),
}
WORK: Table = {}
GRADING: Table = {}
GRADEBOOK: Table = {}
OVERVIEW: Table = {
    "/cohorts/<slug:cohort>/": ("302 404 404 404 200 200 200 200 200", "405"),
}
TALK: Table = {}

ROUTES: Table = {
    **CLASSES,
    **PEOPLE,
    **SCHEDULE,
    **WORK,
    **GRADING,
    **GRADEBOOK,
    **OVERVIEW,
    **TALK,
}
