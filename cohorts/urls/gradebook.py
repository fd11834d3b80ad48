from django.urls import URLPattern, path

from cohorts.views import (
    gradebook,
    gradebook_cells,
    gradebook_columns,
    gradebook_people,
    gradebook_setup,
)

BOOK = "cohorts/<slug:cohort>/gradebook/"

urlpatterns: list[URLPattern] = [
    path("cohorts/<slug:cohort>/grades/", gradebook_people.my_grades, name="my_grades"),
    path(BOOK, gradebook.gradebook, name="gradebook"),
    path(f"{BOOK}setup/", gradebook_setup.setup, name="gradebook_setup"),
    path(f"{BOOK}categories/new/", gradebook_setup.new_category, name="new_category"),
    path(f"{BOOK}categories/<int:category>/", gradebook_setup.edit_category, name="edit_category"),
    path(
        f"{BOOK}categories/<int:category>/remove/",
        gradebook_setup.delete_category,
        name="remove_category",
    ),
    path(f"{BOOK}items/new/", gradebook_setup.new_item, name="new_item"),
    path(f"{BOOK}items/<int:item>/", gradebook_columns.column, name="grade_column"),
    path(f"{BOOK}items/<int:item>/edit/", gradebook_setup.edit_item, name="edit_item"),
    path(f"{BOOK}items/<int:item>/remove/", gradebook_setup.delete_item, name="remove_item"),
    path(f"{BOOK}<int:member>/", gradebook_people.member_grades, name="member_grades"),
    path(f"{BOOK}<int:member>/<int:item>/", gradebook_cells.cell, name="grade_cell"),
]
