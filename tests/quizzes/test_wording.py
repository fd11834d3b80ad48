from quizzes.models import QuestionVersion
from quizzes.wording import put_in_words

CODE = """Does this stop?

```python run
print(1)
```

```python needs="a GPU"
print(2)
```"""
OPTIONS = [{"id": "a", "text": CODE, "right": True}, {"id": "b", "text": "No", "right": False}]


def test_no_code_of_a_question_says_whether_it_runs() -> None:
    version = QuestionVersion(
        kind="single", prompt=CODE, payload={"options": OPTIONS}, explanation=CODE
    )
    words = put_in_words(version)
    for html in (words.prompt, words.explanation, words.texts[CODE]):
        assert html.count("<figcaption><span>Python</span></figcaption>") == 2
