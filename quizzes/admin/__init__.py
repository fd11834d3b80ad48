"""Editing questions and quizzes, and looking up attempts."""

from quizzes.admin import attempts, grading, questions, quizzes, review

__all__ = ["attempts", "grading", "questions", "quizzes", "review"]
