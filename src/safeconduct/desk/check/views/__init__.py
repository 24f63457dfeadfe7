"""Views of the check: the run that the browser sent, a pure function, a page. None of them writes to a store."""
