"""Django's SQLite: writers wait for each other in a queue, and no table tells in which order its rows came."""
