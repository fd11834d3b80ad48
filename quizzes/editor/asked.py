"""Whether anybody has been asked a question."""

from quizzes.models import Question, Response, ReviewCard


def is_in_use(question: Question) -> bool:
    """Whether an attempt or a review card points at it: it must stay of its kind then."""
    return (
        Response.objects.filter(version__question=question).exists()
        or ReviewCard.objects.filter(question=question).exists()
    )
