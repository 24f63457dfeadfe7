"""The second store: wraps of keys and sessions, with backups of their own that age within days.

Whoever has only the other store, or an old backup of it, has noise. To shred something is to delete its wraps here
first.
"""
