"""Registries in bulk: every text read once into tables of statements and findings, and questions asked of them.

Needs the extra `registry` (pyarrow, duckdb); the cluster needs `cluster` (dask, distributed).
"""
