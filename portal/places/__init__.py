"""Places: community, estate, building, entrance, unit, grid and the owners' register (floor 1, right above `core`).

A place knows where it lies, what a unit is used for, how large its exclusive part is and who is printed as
its owner. It knows no user: claiming a unit, roles and memberships stand one floor up, in `accounts`.
The roster, the spreadsheet in which a community keeps all this, is read by `portal.places.roster`.
"""
