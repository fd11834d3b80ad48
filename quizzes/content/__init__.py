"""Questions and quizzes out of the course's files.

`load_course` checks all of them before anything is saved, then saves them in its one transaction.
"""
