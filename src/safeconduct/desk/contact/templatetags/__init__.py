"""Tags for pages of the contact site."""
