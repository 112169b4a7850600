"""Councils (floor 4): where residents, committee, property company, community and merchants raise topics together.

Words: *council* (议事会) the table that sits over one place; *seat* a person's place at it, for a party and a
term; *topic* a matter on its way along the seven stops; *endorsement* (联署) a neighbour's support that it be
heard; *screening* (筛选) the reasoned answer whether it is; *official response* (正式回应) what a party that
was asked says by a date; *leaning* a non-binding preference among a topic's options.
"""
