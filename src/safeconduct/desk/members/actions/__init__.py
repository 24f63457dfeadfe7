"""What can be done as a member or to become one: one verb a module."""
