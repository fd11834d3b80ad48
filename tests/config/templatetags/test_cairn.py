from django.template import engines

from config.templatetags.cairn import HOLE, parts_around
from courses.rows import ConceptRow, RecallRow


def around(*rows: tuple[ConceptRow, RecallRow | None]) -> str:
    return parts_around("courses/_concept.html", rows, "courses/_recall_short.html")


def test_a_part_is_open_for_what_is_ones_own() -> None:
    concept = ConceptRow("Attention & <heads>", "/lesson/#attention")
    assert around((concept, RecallRow(90, 2)), (concept, RecallRow(80, 1))).split("\n") == [
        f'<li class="row"><a class="grow" href="/lesson/#attention">{name}</a>{recall}</li>'
        for name, recall in [
            ("Attention &amp; &lt;heads&gt;", "<span>90% · 2 cards</span>"),
            ("Attention &amp; &lt;heads&gt;", "<span>80% · 1 card</span>"),
        ]
    ] + [""]


def test_nothing_fills_nothing() -> None:
    page = around((ConceptRow("Attention", "/lesson/#attention"), None))
    assert (page.count("</a></li>"), page.count(HOLE)) == (1, 0)


def test_a_hole_in_a_template() -> None:
    assert engines["django"].from_string("<p>{% hole %}</p>").render() == f"<p>{HOLE}</p>"
