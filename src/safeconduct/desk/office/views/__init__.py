"""What each address of the members' site does, one subject a module; `urls` is the table of them all."""
