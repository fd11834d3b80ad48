"""Editing questions and quizzes, and looking up attempts."""

from quizzes.admin import attempts, questions, quizzes

__all__ = ["attempts", "questions", "quizzes"]
