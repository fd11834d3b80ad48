from django.urls import path

from courses import views

urlpatterns = [
    path("courses/", views.courses, name="courses"),
    path("search/", views.search, name="search"),
    path("courses/<slug:course>/", views.course, name="course"),
    path("courses/<slug:course>/<slug:track>/", views.track, name="track"),
    path("courses/<slug:course>/<slug:track>/<slug:lesson>/", views.lesson, name="lesson"),
]
