"""Cases and their contacts: what is told, what is answered, who may open it, and how it ends."""
