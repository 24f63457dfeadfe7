"""The public check: an interview that keeps its state with the person who is asked, and stores nothing."""
