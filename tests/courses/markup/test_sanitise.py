import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from courses.markup.sanitise import clean


@pytest.fixture
def eager_threads() -> Iterator[None]:
    """Threads take turns a thousand times as often, so that what they share shows."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(5e-6)
    yield
    sys.setswitchinterval(interval)


def test_texts_cleaned_at_once_do_not_mix(eager_threads: None) -> None:
    texts = [f"<p>{number} <strong>bold</strong></p>" * 5 for number in range(200)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(clean, texts)) == texts
