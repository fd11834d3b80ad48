"""Cairn's own touches to python-markdown: callouts, pictures, outside links, scrolling tables."""

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from courses.images.naming import size_in

LABELS = {"note": "Note", "tip": "Tip", "caution": "Caution"}


class Callouts(BlockProcessor):
    """`:::tip Title` … `:::` becomes an aside; the blocks between are parsed as usual."""

    START = re.compile(r"^:::(note|tip|caution)(?:[ \t]+(.+?))?[ \t]*(?:\n|$)")
    END = re.compile(r"(?:^|\n):::[ \t]*(?:\n|$)")

    def test(self, parent: Element, block: str) -> bool:
        return bool(self.START.match(block))

    def run(self, parent: Element, blocks: list[str]) -> bool:
        if not (start := self.START.match(blocks[0])):
            return False
        rest = [blocks[0][start.end() :], *blocks[1:]]
        for index, block in enumerate(rest):
            if end := self.END.search(block):
                inside = [*rest[:index], block[: end.start()]]
                blocks[: index + 1] = [block[end.end() :]] if block[end.end() :] else []
                self.build(parent, start[1], start[2], inside)
                return True
        return False

    def build(self, parent: Element, kind: str, title: str | None, inside: list[str]) -> None:
        aside = SubElement(
            parent, "aside", {"class": "callout", "role": "note", "aria-label": LABELS[kind]}
        )
        if kind != "note":
            aside.set("data-kind", kind)
        SubElement(aside, "strong").text = title or LABELS[kind]
        self.parser.parseBlocks(aside, [block for block in inside if block.strip()])


class Pictures(Treeprocessor):
    """Pictures of the library get their size; one alone with a title is a figure with a caption.

    A picture elsewhere would tell its host who reads what, and our policy stops it: it is a link.
    """

    def run(self, root: Element) -> None:
        for parent in root.iter():
            pictures = parent.findall("img")
            for picture in pictures:
                show(picture)
            if parent.tag == "p" and len(parent) == len(pictures) == 1 and is_alone(parent):
                caption(parent, pictures[0])


def show(picture: Element) -> None:
    source = picture.get("src", "")
    if size := size_in(source):
        picture.set("width", size[0])
        picture.set("height", size[1])
        picture.set("loading", "lazy")
    elif not source.startswith("/") or source.startswith(("//", "/\\")):
        picture.tag, picture.text = "a", picture.get("alt") or source
        picture.attrib = {"href": source}


def is_alone(paragraph: Element) -> bool:
    return not (paragraph.text or "").strip() and not (paragraph[0].tail or "").strip()


def caption(paragraph: Element, picture: Element) -> None:
    if picture.tag == "img" and picture.get("title"):
        paragraph.tag = "figure"
        paragraph.set("class", "fig")
        SubElement(paragraph, "figcaption").text = picture.attrib.pop("title")


class Finish(Treeprocessor):
    def run(self, root: Element) -> None:
        for link in root.iter("a"):
            if link.get("href", "").startswith(("http://", "https://")):
                link.set("rel", "noopener")
        for parent in list(root.iter()):
            for index, child in enumerate(list(parent)):
                if child.tag == "table":
                    parent[index] = scroller(child)


def scroller(table: Element) -> Element:
    table.set("class", "data")
    box = Element(
        "div", {"class": "scroller", "tabindex": "0", "role": "group", "aria-label": "Table"}
    )
    box.append(table)
    box.tail, table.tail = table.tail, None
    return box


class Demote(Treeprocessor):
    """A text stands below the headings of its page: its own begin at the third level."""

    def run(self, root: Element) -> None:
        for heading in root.iter():
            if heading.tag in {"h1", "h2"}:
                heading.tag = "h3"


class CairnExtension(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (python-markdown's name)
        # No raw HTML: what looks like a tag is text. No code by indentation: it comes by accident.
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.parser.blockprocessors.deregister("code")
        md.parser.blockprocessors.register(Callouts(md.parser), "callouts", 105)
        # Before the table of contents (5) reads the levels.
        md.treeprocessors.register(Demote(md), "demote", 6)
        # Before links are finished: what is shown elsewhere becomes one.
        md.treeprocessors.register(Pictures(md), "pictures", 2)
        md.treeprocessors.register(Finish(md), "finish", 1)
