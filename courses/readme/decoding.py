"""Bytes to lines. What was decoded wrongly on the way is repaired and named, never dropped."""

import codecs
import re
from dataclasses import dataclass, field

import ftfy

MAX_BYTES = 2_000_000
MAX_LINES = 50_000
# A line is looked at as a whole by what repairs it; beyond this it is no prose.
MAX_LINE = 20_000
LOST = "\N{REPLACEMENT CHARACTER}"
# Control characters, and marks that turn the direction of everything after them.
CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]"
)
BREAK = re.compile("\r\n|\n|\r")
MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8 with a mark at its beginning"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)


class ReadmeError(ValueError):
    """The file cannot be read at all; the message says why, in words."""


@dataclass(frozen=True, slots=True)
class Repair:
    """What one line was and is; `how` in words."""

    line: int
    was: str
    now: str
    how: str


@dataclass(frozen=True, slots=True)
class Decoded:
    """The lines, from 1, without their breaks; `encoding` in words."""

    lines: tuple[str, ...]
    encoding: str
    repairs: tuple[Repair, ...] = field(default=())


def decode(raw: bytes) -> Decoded:
    """The lines of a README. Raises ReadmeError where it is empty, too large, or no text."""
    if len(raw) > MAX_BYTES:
        raise ReadmeError(f"The file has {len(raw):,} bytes; {MAX_BYTES:,} is the most.")
    chunks, encoding, repairs = split(raw)
    if not any(line.strip() for line in chunks):
        raise ReadmeError("There is no text in the file.")
    if len(chunks) > MAX_LINES:
        raise ReadmeError(f"The file has {len(chunks):,} lines; {MAX_LINES:,} is the most.")
    lines = []
    for number, line in enumerate(chunks, 1):
        lines.append(mended(line, number, repairs))
    return Decoded(tuple(lines), encoding, tuple(repairs))


def split(raw: bytes) -> tuple[list[str], str, list[Repair]]:
    for mark, codec, name in MARKS:
        if raw.startswith(mark):
            return lines_in(raw[len(mark) :].decode(codec, "replace")), name, []
    if (wide := utf_16_without_mark(raw)) is not None:
        return lines_in(raw.decode(wide, "replace")), "UTF-16", []
    if is_binary(raw):
        raise ReadmeError("The file is not text. Choose the README as .md or .txt.")
    try:
        return lines_in(raw.decode("utf-8")), "UTF-8", []
    except UnicodeDecodeError:
        return decoded_line_by_line(raw)


def utf_16_without_mark(raw: bytes) -> str | None:
    """English as UTF-16 has a NUL in every second byte."""
    start = raw[:2000]
    if len(start) < 4 or len(start) % 2:
        start = start[:-1]
    pairs = max(1, len(start) // 2)
    if start[1::2].count(0) > pairs * 0.6:
        return "utf-16-le"
    return "utf-16-be" if start[0::2].count(0) > pairs * 0.6 else None


def is_binary(raw: bytes) -> bool:
    start = raw[:4000]
    controls = sum(byte < 9 or 13 < byte < 27 for byte in start)
    return controls > max(8, len(start) * 0.1)


def lines_in(text: str) -> list[str]:
    lines = BREAK.split(text)
    return lines[:-1] if not lines[-1] else lines


def decoded_line_by_line(raw: bytes) -> tuple[list[str], str, list[Repair]]:
    """Not UTF-8 as a whole: each line by itself is UTF-8, else Windows-1252."""
    lines: list[str] = []
    repairs: list[Repair] = []
    chunks = re.split(rb"\r\n|\n|\r", raw)
    for number, chunk in enumerate(chunks[:-1] if not chunks[-1] else chunks, 1):
        try:
            lines.append(chunk.decode("utf-8"))
        except UnicodeDecodeError:
            line = old_encoding(chunk)
            how = "not UTF-8: read as Windows-1252"
            if LOST in line:
                how += "; bytes that mean nothing there became �"
            repairs.append(Repair(number, chunk.decode("utf-8", "replace"), line, how))
            lines.append(line)
    return lines, "Windows-1252 or Latin-1, in part", repairs


def old_encoding(chunk: bytes) -> str:
    return chunk.decode("cp1252", "replace")


def mended(line: str, number: int, repairs: list[Repair]) -> str:
    """`line` without mojibake and control characters; what changed is added to `repairs`."""
    if len(line) > MAX_LINE:
        return kept_long(line, number, repairs)
    for mend, how in (
        (without_mojibake, "letters that were decoded wrongly are put right"),
        (without_controls, "control characters are taken out"),
    ):
        better = mend(line)
        if better != line:
            repairs.append(Repair(number, line, better, how))
        line = better
    if LOST in line and not any(one.line == number for one in repairs[-3:]):
        repairs.append(Repair(number, line, line, "a character was lost before it came here"))
    return line


def kept_long(line: str, number: int, repairs: list[Repair]) -> str:
    plain = without_controls(line)
    if plain != line:
        repairs.append(Repair(number, line[:200], plain[:200], "control characters are taken out"))
    return plain


def without_mojibake(line: str) -> str:
    return line if line.isascii() else ftfy.fix_encoding(line)


def without_controls(line: str) -> str:
    return CONTROLS.sub("", line)
