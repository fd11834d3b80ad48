"""The environment that the suite runs in, set before the settings are read.

`TEST_DATABASE_URL` chooses the database; without it the suite runs on SQLite.
"""

import os

os.environ["DEBUG"] = "off"
os.environ["HTTPS"] = "off"
os.environ["SECRET_KEY"] = "only-for-tests-and-long-enough-to-pass-the-checks"
os.environ["ALLOWED_HOSTS"] = "testserver,localhost,127.0.0.1"
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL") or "sqlite:///var/test.sqlite3"
os.environ["CACHE_URL"] = "locmemcache://"
os.environ["CHECK_LINKS"] = "off"  # no test asks the network by the way
os.environ["EMAIL_URL"] = "memorymail://"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in the tests' thread
