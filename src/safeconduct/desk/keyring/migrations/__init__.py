"""How the tables came about; written by Django, read by nobody else."""
