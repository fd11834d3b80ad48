from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def courses(request: HttpRequest, **kwargs: str) -> HttpResponse:
    return render(request, "base.html")


search = course = track = lesson = courses
