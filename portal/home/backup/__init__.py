"""A backup: one archive with every row, every file and their digests, the same whatever the database.

Rows are written as JSON lines, table by table, out of one snapshot, in the order of their keys (never in the order of
writing: that would tell which secret ballot came first). Because nothing in it belongs to one database, an archive
made on SQLite can be restored into PostgreSQL and back. The key that signs sessions is left out: a backup must not
open the live portal.
"""
