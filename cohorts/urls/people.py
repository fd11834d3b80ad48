from django.urls import URLPattern, path

from cohorts.views import (
    people,
    people_groups,
    people_invitations,
    people_lists,
    people_report,
)

PEOPLE = "cohorts/<slug:cohort>/people/"

urlpatterns: list[URLPattern] = [
    path("cohorts/invitations/<str:token>/", people_invitations.invitation, name="invitation"),
    path(PEOPLE, people.people, name="people"),
    path(f"{PEOPLE}move/", people.move, name="people_move"),
    path(f"{PEOPLE}<int:member>/edit/", people.edit, name="member_edit"),
    path(f"{PEOPLE}<int:member>/remove/", people.remove, name="member_remove"),
    path(f"{PEOPLE}<int:member>/back/", people.bring_back, name="member_back"),
    path(f"{PEOPLE}groups/", people_groups.groups, name="groups"),
    path(f"{PEOPLE}groups/<int:group>/", people_groups.rename, name="group_rename"),
    path(f"{PEOPLE}groups/<int:group>/delete/", people_groups.delete, name="group_delete"),
    path(f"{PEOPLE}invite/", people_lists.invite, name="people_invite"),
    path(f"{PEOPLE}roster/", people_lists.roster_page, name="people_roster"),
    path(f"{PEOPLE}roster/template.csv", people_lists.template, name="people_template"),
    path(f"{PEOPLE}oneroster/", people_lists.oneroster_page, name="people_oneroster"),
    path(f"{PEOPLE}oneroster.zip", people_lists.oneroster_file, name="people_oneroster_file"),
    path(f"{PEOPLE}imports/<uuid:import_id>/", people_report.report, name="people_import"),
    path(
        f"{PEOPLE}imports/<uuid:import_id>/rejected.csv",
        people_report.rejected,
        name="people_rejected",
    ),
    path(
        f"{PEOPLE}invitations/<int:invitation>/again/",
        people_invitations.send_again,
        name="invitation_again",
    ),
    path(
        f"{PEOPLE}invitations/<int:invitation>/take-back/",
        people_invitations.take_back,
        name="invitation_take_back",
    ),
]
