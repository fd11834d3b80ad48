from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from benchmarks.yardstick.models import Answer, Course, Lesson, Note, Progress


def page(request: HttpRequest) -> HttpResponse:
    """Session, user and four indexed queries; about 8 kB."""
    user = request.user
    course = get_object_or_404(Course, slug="course")
    done = set(Progress.objects.filter(user_id=user.pk).values_list("lesson_id", flat=True))
    context = {
        "user": user,
        "course": course,
        "lessons": Lesson.objects.filter(course=course).order_by("pk"),
        "done": done,
        "notes": Note.objects.filter(user_id=user.pk).order_by("pk"),
    }
    return render(request, "page.html", context)


def save(request: HttpRequest) -> HttpResponse:
    """Session, user, and one row found by its key, locked and updated."""
    Answer.objects.update_or_create(
        user_id=request.user.pk, position=1, defaults={"text": request.POST["answer"]}
    )
    return HttpResponse(status=204)
