"""Filters for the templates of the members' site."""
