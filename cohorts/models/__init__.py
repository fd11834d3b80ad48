from cohorts.models.classes import Cohort, Group, Membership, Role
from cohorts.models.grades import Category, Grade, GradeItem, RubricMark
from cohorts.models.joining import Invitation, PendingImport
from cohorts.models.log import LogEntry
from cohorts.models.schedule import CalendarFeed, Deadline, Extension, MailPreferences, Reminder
from cohorts.models.talk import Announcement, Note, Post, Report, Thread
from cohorts.models.work import Assignment, Criterion, Level, Submission, SubmissionFile

__all__ = [
    "Announcement",
    "Assignment",
    "CalendarFeed",
    "Category",
    "Cohort",
    "Criterion",
    "Deadline",
    "Extension",
    "Grade",
    "GradeItem",
    "Group",
    "Invitation",
    "Level",
    "LogEntry",
    "MailPreferences",
    "Membership",
    "Note",
    "PendingImport",
    "Post",
    "Reminder",
    "Report",
    "Role",
    "RubricMark",
    "Submission",
    "SubmissionFile",
    "Thread",
]
