"""The values that everything else shares: truth, days and ranges of days, places, citations, errors, secrets.

Nothing here knows law, files or people. Values are frozen, checked when they are made, and never changed after.
Days are calendar days without a time zone: the legal calendar of the act that a rule cites. Import from the modules.
"""
