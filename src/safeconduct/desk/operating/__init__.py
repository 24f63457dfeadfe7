"""Running a desk: serve it, check it, back it up, restore it, let cases go, read what an offline key opens.

`starting` makes and opens the folder of a desk, `serving` runs the two sites as processes of their own (`site` is one),
`hardening` closes what a process could leave behind, `checking` finds what is wrong with an installation, `archive` is
the form of a backup, `backing_up` and `restoring` write and read it, `bundle` and `offline` are the two ends of an
offline channel, `demonstration` invents an organisation. docs/how-to/desk-*.md tell how to use them.
"""
