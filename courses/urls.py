from django.urls import path

from courses.views import images, progress, reading, search

LESSON = "courses/<slug:course>/<slug:track>/<slug:lesson>/"

urlpatterns = [
    path("courses/", reading.courses, name="courses"),
    path("search/", search.search, name="search"),
    path("images/<slug:name>.<slug:ending>", images.image, name="image"),
    path("courses/<slug:course>/", reading.course, name="course"),
    path("courses/<slug:course>/notebooks/", reading.notebooks, name="notebooks"),
    path("courses/<slug:course>/enrol/", progress.enrol, name="enrol"),
    path("courses/<slug:course>/leave/", progress.leave, name="leave"),
    path("courses/<slug:course>/<slug:track>/", reading.track, name="track"),
    path(LESSON, reading.lesson, name="lesson"),
    path(f"{LESSON}done/", progress.mark_done, name="mark_done"),
    path(f"{LESSON}references/", progress.read_references, name="read_references"),
    path("concepts/<int:pk>/tick/", progress.tick_concept, name="tick_concept"),
    path("references/<int:pk>/tick/", progress.tick_reference, name="tick_reference"),
]
