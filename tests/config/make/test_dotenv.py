from pathlib import Path

from config.make import dotenv


def test_writes_a_random_secret_for_the_owner_alone(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    dotenv.ensure(one)
    dotenv.ensure(two)
    comment, debug, secret = one.read_text().splitlines()
    assert comment.startswith("# ")
    assert debug == "DEBUG=on"
    assert secret.startswith("SECRET_KEY=")
    assert len(secret) > len("SECRET_KEY=") + 50
    assert secret != two.read_text().splitlines()[2]
    assert one.stat().st_mode & 0o777 == 0o600


def test_leaves_an_existing_file_alone(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("DEBUG=off\n")
    dotenv.ensure(path)
    assert path.read_text() == "DEBUG=off\n"
