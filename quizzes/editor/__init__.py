"""Editing a question in a form of its kind, and trying it as a learner would."""
