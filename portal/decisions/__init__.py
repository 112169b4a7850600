"""Decisions (floor 6): what was decided, numbered, posted for objections, and from when it holds.

Words: *decision* (决定) an entry in the register of a community, numbered within its year; *basis* (依据) how it came
about; *posting* (公示) the days it hangs out before it takes effect; *objection* (异议) a member's reasons against it
while it hangs out, each answered officially before the decision takes effect; *revocation* (撤销) taking it back, with
the reason, in public.
"""
