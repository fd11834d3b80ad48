from django.urls import URLPattern, path

from cohorts.views import (
    grading,
    grading_answers,
    grading_attempts,
    grading_quizzes,
    grading_release,
    grading_work,
)

urlpatterns: list[URLPattern] = [
    path("cohorts/<slug:cohort>/grading/", grading.grading, name="grading"),
    path(
        "cohorts/<slug:cohort>/grading/work/<uuid:submission>/",
        grading_work.grading_work,
        name="grading_work",
    ),
    path(
        "cohorts/<slug:cohort>/grading/answers/<int:response>/",
        grading_answers.grading_answer,
        name="grading_answer",
    ),
    path(
        "cohorts/<slug:cohort>/grading/items/<int:item>/release/",
        grading_release.release_item,
        name="release_item",
    ),
    path("cohorts/<slug:cohort>/quizzes/", grading_quizzes.class_quizzes, name="class_quizzes"),
    path(
        "cohorts/<slug:cohort>/quizzes/<slug:quiz>/analysis/",
        grading_quizzes.class_quiz_analysis,
        name="class_quiz_analysis",
    ),
    path(
        "cohorts/<slug:cohort>/quizzes/questions/<int:question>/",
        grading_quizzes.class_question_analysis,
        name="class_question_analysis",
    ),
    path(
        "cohorts/<slug:cohort>/attempts/<uuid:attempt>/",
        grading_attempts.class_attempt,
        name="class_attempt",
    ),
]
