from django.urls import URLPattern, path

from cohorts.views import exports

BOOK = "cohorts/<slug:cohort>/gradebook/"

urlpatterns: list[URLPattern] = [
    path(f"{BOOK}files/", exports.files, name="gradebook_files"),
    path(f"{BOOK}export.csv", exports.as_csv, name="gradebook_csv"),
    path(f"{BOOK}export.xlsx", exports.as_xlsx, name="gradebook_xlsx"),
    path(f"{BOOK}oneroster.zip", exports.as_oneroster, name="gradebook_oneroster"),
    path(f"{BOOK}import/", exports.bring_in, name="grades_bring_in"),
    path(f"{BOOK}import/<uuid:upload>/", exports.report, name="grades_import"),
]
