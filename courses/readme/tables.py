"""Rows of tables of notebooks. What a cell holds tells what it is, in any language."""

import re

from courses.readme.inline import Link, is_web, links_in, plain
from courses.readme.outline import Notebook
from courses.readme.structure import NOTEBOOK_URL, unnumbered

BAR = re.compile(r"(?<!\\)\|")


def cells_of(row: str) -> list[str]:
    row = row.strip().removeprefix("|").removesuffix("|")
    return [cell.strip() for cell in BAR.split(row)]


def notebook_of(row: str, category: str, line: int) -> Notebook | None:
    """The notebook of a row: its first cell is the title; None where that is empty."""
    cells = cells_of(row)
    title = unnumbered(plain(cells[0]))
    if not title:
        return None
    fields: dict[str, str] = {}
    texts = []
    for place, cell in enumerate(cells):
        links = [link for link in links_in(cell) if is_web(link.url)]
        for link in links:
            fields.setdefault(field_of(link, cell, place), link.url)
        if place and not any(is_button(link, cell) for link in links):
            texts.append(plain(cell))
    description = " ".join(filter(None, texts))
    return Notebook(
        category,
        title,
        line,
        description,
        fields.get("colab", ""),
        fields.get("article", ""),
        fields.get("homepage", ""),
    )


def field_of(link: Link, cell: str, place: int) -> str:
    if NOTEBOOK_URL.search(link.url):
        return "colab"
    if place == 0:
        return "homepage"
    return "article" if is_button(link, cell) else ""


def is_button(link: Link, cell: str) -> bool:
    """Whether the cell is there for its link, and not for its words."""
    return bool(NOTEBOOK_URL.search(link.url)) or len(cell) - (link.end - link.start) <= 4
