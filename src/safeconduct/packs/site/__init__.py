"""The pages of law as a small site of files: no script, nothing from elsewhere, readable from a disk and on paper.

`site` puts it together; `law_page`, `fact_pages`, `sheet` and `answer_page` make its pages from what `assembly` read.
"""
