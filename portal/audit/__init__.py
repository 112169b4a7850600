"""Audit (floor 11): who did what, when, and for whom; a reader of the event log that nobody imports.

Words: *line* one event as the audit shows it; *link* one nightly entry of the chain of digests, which makes a
change of the past visible. The log carries ids and numbers only, so the audit shows no texts and no choices.
"""
