"""Tags for pages of the check."""
