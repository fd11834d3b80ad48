"""Two who save the same name or address at the same moment: the second is told, in the form."""

from typing import Any

from django.contrib import admin
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse


class SavesAgain(admin.ModelAdmin):
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form looked before the other row was there; looking again, it says what is wrong.

        What was written the first time is rolled back by then. A constraint that no form knows of
        fails the second time, too.
        """
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError:
            return super().changeform_view(request, *args, **kwargs)
