"""What `standing` asks: all of one learner on a course, or at a lesson, in one statement each."""

PROGRESS = """progress.last_read_at, progress.version_read, progress.quiz_score,
       progress.quiz_passed_at, progress.completed_at, progress.by_hand, progress.changes_from
  FROM courses_lessonprogress progress
  JOIN courses_lesson lesson ON lesson.id = progress.lesson_id
  JOIN courses_track track ON track.id = lesson.track_id
 WHERE progress.user_id = %s AND track.course_id = %s
"""
# Progress by lesson; of ticks, the concept and when. The row of neither says that the learner is
# enrolled. Together, because asking once more takes longer than the answer.
DEEDS = f"""
SELECT progress.lesson_id, NULL AS concept_id, {PROGRESS} UNION ALL
SELECT NULL, tick.concept_id, tick.ticked_at, NULL, NULL, NULL, NULL, NULL, NULL
  FROM courses_concepttick tick
  JOIN courses_concept concept ON concept.id = tick.concept_id
  JOIN courses_lesson lesson ON lesson.id = concept.lesson_id
  JOIN courses_track track ON track.id = lesson.track_id
 WHERE tick.user_id = %s AND track.course_id = %s
UNION ALL
SELECT NULL, NULL, enrolled_at, NULL, NULL, NULL, NULL, NULL, NULL
  FROM courses_enrolment
 WHERE user_id = %s AND course_id = %s AND left_at IS NULL
"""  # noqa: S608  (of constants)
# The same with what is ticked on one lesson, whenever that was, and what its concepts need of what
# is ticked or of a lesson that is done.
MARKS = f"""
SELECT 'progress' AS kind, progress.lesson_id AS id, {PROGRESS} UNION ALL
SELECT 'concept', tick.concept_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM courses_concepttick tick JOIN courses_concept concept ON concept.id = tick.concept_id
 WHERE tick.user_id = %s AND concept.lesson_id = %s AND NOT concept.archived
UNION ALL
SELECT 'reference', tick.reference_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM courses_referencetick tick JOIN courses_reference reference
    ON reference.id = tick.reference_id
 WHERE tick.user_id = %s AND reference.lesson_id = %s AND NOT reference.archived
UNION ALL SELECT 'needed', need.needed_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM courses_need need JOIN courses_concept concept ON concept.id = need.concept_id
  JOIN courses_concept needed ON needed.id = need.needed_id
  LEFT JOIN courses_concepttick tick ON tick.concept_id = needed.id AND tick.user_id = %s
  LEFT JOIN courses_lessonprogress done ON done.lesson_id = needed.lesson_id
   AND done.user_id = %s AND done.completed_at IS NOT NULL
 WHERE (tick.id IS NOT NULL OR done.id IS NOT NULL) AND concept.lesson_id = %s UNION ALL
SELECT 'enrolment', course_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM courses_enrolment
 WHERE user_id = %s AND course_id = %s AND left_at IS NULL
"""  # noqa: S608  (of constants)
