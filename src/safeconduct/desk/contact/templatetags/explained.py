"""A passage of a page with, after it, what those words of the law mean that the page uses there first."""

from typing import TYPE_CHECKING, Any

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, override

from safeconduct.desk.contact.explaining import first_used

if TYPE_CHECKING:
    from django.template.context import Context

register = template.Library()
_KEPT = "words explained so far"


class ExplainedNode(Node):
    """A passage; the page it stands in keeps which words were explained.

    Args:
        nodelist: The passage.
        language: Gives the language of the passage; None if it is that of the page.
    """

    def __init__(self, nodelist: NodeList, language: FilterExpression | None) -> None:
        self.nodelist = nodelist
        self.language = language

    def render(self, context: "Context") -> SafeString:
        """The passage and the fold after it, if there is anything to explain."""
        passage = self.nodelist.render(context)
        named = self.language.resolve(context) if self.language is not None else None
        language = str(named or get_language() or "en")
        explained: set[int] = context.dicts[0].setdefault(_KEPT, set())
        terms = first_used(strip_tags(passage), language, explained)
        if not terms:
            return passage
        told: dict[str, Any] = {"terms": terms, "language": language}
        with override(language):
            # Everything in it was escaped by the template that made it.
            return mark_safe(passage + render_to_string("contact/explained.html", told))  # noqa: S308 -- as said above


@register.tag
def explained(parser: Parser, token: Token) -> ExplainedNode:
    """`{% explained %}a passage{% endexplained %}`; `{% explained speech %}` if `speech` holds its language."""
    _, *names = token.split_contents()
    nodelist = parser.parse(("endexplained",))
    parser.delete_first_token()
    return ExplainedNode(nodelist, parser.compile_filter(names[0]) if names else None)
