from django.urls import path

from courses.views import changes, feed, glossary, images, preview, progress, reading, search

LESSON = "courses/<slug:course>/<slug:track>/<slug:lesson>/"

urlpatterns = [
    path("courses/", reading.courses, name="courses"),
    path("search/", search.search, name="search"),
    path("images/<slug:name>.<slug:ending>", images.image, name="image"),
    path("courses/<slug:course>/", reading.course, name="course"),
    path("courses/<slug:course>/notebooks/", reading.notebooks, name="notebooks"),
    path("courses/<slug:course>/glossary/", glossary.glossary, name="glossary"),
    path("courses/<slug:course>/glossary/<slug:term>/", glossary.term, name="glossary_term"),
    path("courses/<slug:course>/enrol/", progress.enrol, name="enrol"),
    path("courses/<slug:course>/leave/", progress.leave, name="leave"),
    path("courses/<slug:course>/changes/", changes.course_changes, name="course_changes"),
    path("courses/<slug:course>/changes/feed/", feed.feed, name="course_feed"),
    path("courses/<slug:course>/changes/compare/", changes.compare, name="compare"),
    path("courses/<slug:course>/<slug:track>/", reading.track, name="track"),
    path(LESSON, reading.lesson, name="lesson"),
    path(f"{LESSON}changes/", changes.lesson_changes, name="lesson_changes"),
    path(f"{LESSON}changes/seen/", changes.seen, name="changes_seen"),
    path(f"{LESSON}done/", progress.mark_done, name="mark_done"),
    path(f"{LESSON}references/", progress.read_references, name="read_references"),
    path("preview/<slug:token>/", preview.preview, name="preview"),
    path("concepts/<int:pk>/tick/", progress.tick_concept, name="tick_concept"),
    path("references/<int:pk>/tick/", progress.tick_reference, name="tick_reference"),
]
