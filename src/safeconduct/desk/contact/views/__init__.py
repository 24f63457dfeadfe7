"""Views of the contact site: who it is, one action, a page. What may be done is decided by the actions."""
