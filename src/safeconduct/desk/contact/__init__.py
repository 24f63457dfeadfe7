"""The contact site: write without a name, get a code, come back with it. No page of it has a script."""
