import pytest

from courses.readme.kinds import kind_of


@pytest.mark.parametrize(
    ("url", "title", "note", "kind"),
    [
        ("https://www.youtube.com/watch?v=1", "Attention", "", "video"),
        ("https://arxiv.org/abs/1706.03762", "Attention", "", "paper"),
        ("https://example.org/a.pdf", "Attention", "", "paper"),
        ("https://github.com/a/b", "nano", "", "repository"),
        ("https://huggingface.co/spaces/x/y", "Open Leaderboard", "", "leaderboard"),
        ("https://huggingface.co/spaces/x/blogpost-y", "Scaling", "", "article"),
        ("https://huggingface.co/docs/z", "Chat", "", "documentation"),
        ("https://docs.example.org/z", "Chat", "", "documentation"),
        ("https://course.fast.ai/", "Deep learning", "", "course"),
        ("https://example.org/learn/agents", "Agents", "", "course"),
        ("https://example.org/x", "A Handbook of clouds", "", "book"),
        ("https://example.org/x", "Clouds", "A free course about clouds.", "course"),
        ("https://example.org/x", "Clouds", "Words.", "article"),
    ],
)
def test_kinds_are_guessed(url: str, title: str, note: str, kind: str) -> None:
    assert kind_of(url, title, note) == kind
