"""Two laws about one day: what changed, whom it reaches, and a proof that it reaches nobody else.

`frozen` gives the law as it stood on a day; `folders` makes two bodies of pages speak of the same person; `texts` says
what changed in a text; `pair` holds both laws as formulas over the same facts; `features`, `kinds` and `people` find
the kinds of person and somebody of each kind. Start at `comparison`.
"""
