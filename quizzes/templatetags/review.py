"""The data pictures of review."""

from django import template

from quizzes.review.forecast import Forecast
from quizzes.review.pictures import Bars, bars_of

register = template.Library()


@register.simple_tag
def bars(forecast: Forecast) -> Bars:
    return bars_of(forecast)
