"""How the two sites are put together: configuration, settings, stores, headers, logs."""
