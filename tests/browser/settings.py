"""The site of browser tests: as it is for everybody, but for what a password costs to check."""

from config.settings import *  # noqa: F403

# Some two hundred people sign in, at a quarter of a second each.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
