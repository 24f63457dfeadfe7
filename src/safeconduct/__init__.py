"""Where a person stands in law on a given day, with the reasons, the sources and what is not known.

The engine is `values`, `rules` and `packs`; `vault` keeps secrets; `population` counts many people; `desk` and `cli`
are the edges that people touch. `docs/map.md` shows how they fit together.
"""

__version__ = "0.1.0"
