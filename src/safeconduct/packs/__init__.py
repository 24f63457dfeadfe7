"""Pages of law: Markdown with fenced blocks becomes a corpus of provisions with a digest.

`blocks` reads a page into lines, `declarations` the vocabulary, `conditions` and `provisions` resolve lines into the
tree, `corpus` puts all pages together, `store` keeps the compiled form. A page is text and can run nothing.
"""
