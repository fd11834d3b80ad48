from django import template

from courses import trail

register = template.Library()


@register.inclusion_tag("courses/_cairn.html")
def cairn(stones: int, laid: int, label: str = "", width: int = 160) -> dict[str, object]:
    """A picture of `laid` of `stones` laid stones; with a `label` it speaks, else it is silent."""
    return {"cairn": trail.cairn(stones, laid, width=width), "label": label}
