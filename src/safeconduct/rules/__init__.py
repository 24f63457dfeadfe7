"""The rule language: what a page of law means, and what it says of one person on one day.

`tree` is what pages become; `vocabulary` says which facts and events there are; `situation` is what is known of a
person; `ground` turns both into a `formula` over variables; `kleene` and `certainty` evaluate it; `position` gathers
the findings. Everything here is a pure function from values to values.
"""
