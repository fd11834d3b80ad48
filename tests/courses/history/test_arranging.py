from courses.history.arranging import arranged


def test_keys_are_in_the_order_of_the_file() -> None:
    concept = {"body": "Text.\n", "odd": 1, "name": "Base", "slug": "base"}
    data = {"concepts": [concept], "questions": [], "introduction": "Read.\n", "title": "A"}
    found = arranged("scientist/a.yaml", data)
    assert found == data
    assert list(found) == ["title", "introduction", "concepts", "questions"]
    assert list(found["concepts"][0]) == ["slug", "name", "body", "odd"]
    assert list(data) == ["concepts", "questions", "introduction", "title"]


def test_of_the_lists() -> None:
    track = {"lessons": [], "title": "T", "slug": "t"}
    found = arranged("course.yaml", {"tracks": [track], "title": "C", "slug": "c"})
    assert list(found) == ["slug", "title", "tracks"]
    assert list(found["tracks"][0]) == ["slug", "title", "lessons"]


def test_whatever_it_is() -> None:
    assert arranged("quizzes.yaml", {}) == {}
    assert arranged("notebooks.yaml", {"notebooks": ["x", None]}) == {"notebooks": ["x", None]}
    assert arranged("a/b.yaml", {"concepts": "none"}) == {"concepts": "none"}
