from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "config/home.html")


today = acknowledgements = accessibility = privacy = healthz = readyz = outbox = home
