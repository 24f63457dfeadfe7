"""Many people: what a law reaches, and who bears it. Counts by group, never a list of people.

Only this package knows data frames and charts (extra `population`). What is computed about one table of counts
(`burden`) needs neither; columns, assessments and charts do.
"""
