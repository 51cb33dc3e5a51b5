"""A patient's blood: counts and their grades, target expression, FLT3 ligand, the course after radioimmunotherapy.

For research only: what the model says of one patient is no basis for treating her.
"""
