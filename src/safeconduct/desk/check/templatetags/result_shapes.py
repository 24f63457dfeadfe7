"""Numbers of a picture, as SVG wants them in every language."""

from django import template

register = template.Library()


@register.filter
def plain_number(number: float) -> str:
    """A number with a point, never with a comma."""
    return str(number)
