from collections.abc import Iterator

import pytest

from tests.browser.hostile import making
from tests.browser.hostile.making import Keys
from tests.browser.site import Site


@pytest.fixture(scope="package")
def keys(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Keys]:
    yield making.put_on(site, tmp_path_factory.mktemp("hostile"))
    making.take_away(site)
