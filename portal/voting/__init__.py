"""Voting (floor 5): questions put to a frozen roll, ballots, the count and its certificate.

Words: *poll* (表态) a question of the council put to a roll, never the statutory owners' vote (法定业主表决);
*roll* (名册) the voters, frozen at the opening; *ballot* (票) one voter's cast paper; *receipt* (回执) a code that
proves the ballot was counted and shows no choice; *tally* (计票) what the pure count in `counting` makes of the
ballots; *certification* (核定) the secretary's statement of the result and of what follows for the topic.

A secret ballot is kept apart from the list of who voted: no shared key, no time, no order (see `models`).
"""
