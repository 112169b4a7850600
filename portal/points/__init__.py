"""Points (积分): thanks for help, kept as honest books. Accounts, entries and lots; what earns by which rule; the
wallet of a person; grants by two people; reversals, appeals and the monthly sample. Points are no money: nothing here
sells, pays out or passes them on, and none is given for how somebody votes or rates. Floor 8: knows accounts, and of
all other floors only their events.

Words: an *account* holds points; an *entry* moves them from one account to another and is never changed; a *line* is
one side of it; a *lot* is what came in at once and lapses together; a *hold* is put aside until it is confirmed or
released.
"""
