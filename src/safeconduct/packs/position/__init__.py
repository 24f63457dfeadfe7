"""A position for whoever reads it: in words, in order, and as JSON. The terminal, the sites and the API share it.

`wording` and `day_wording` hold the sentences, `sorting` says which finding stands under which heading, `needed` which
facts no answer uses, `position_json` gives the JSON, and `answering` goes from a situation in a file to all of that.
"""
