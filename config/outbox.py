"""In development no mail leaves: it is written to files, which this reads back."""

from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path

MOST = 20
LINE = b"\n" + b"-" * 79 + b"\n"


@dataclass(frozen=True)
class Mail:
    subject: str
    to: str
    date: str
    body: str


def newest(folder: Path) -> list[Mail]:
    """The newest mails in `folder` as Django's file backend writes them, newest first."""
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)
    mails: list[Mail] = []
    for file in files[:MOST]:
        texts = [text for text in file.read_bytes().split(LINE) if text.strip()]
        mails += [mail_of(text) for text in reversed(texts)]
    return mails[:MOST]


def mail_of(text: bytes) -> Mail:
    message = message_from_bytes(text, policy=policy.default)
    part = message.get_body(("plain", "html"))
    return Mail(
        str(message["Subject"] or ""),
        str(message["To"] or ""),
        str(message["Date"] or ""),
        part.get_content() if part else "",
    )
