"""Awards (floor 5b): residents and groups of a community are honoured (评选), by nomination, review and a poll.

Words: *award* (评选) one round of honours with its criteria; *category* (奖项) persons or groups, with so many
*places* (名额); *nominee* (候选) a person or group put forward by one or more *nominations* (提名);
*consent* (本人同意) his own word that he wants to stand; *admitted* (入围) reviewed and on the ballot;
*honoured* (获奖) among the first by the count; *certificate* (证书) its numbered paper, which anybody checks by its
*code* (查验码).

The ballot itself is a poll of voting, held for the award.
"""
