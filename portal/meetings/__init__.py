"""Meetings (floor 5b): from the 5th and the 25th to signed minutes. A show of hands counts with voting's engine.

Words: *body* (会议机制) who meets by which rules: a residents' council, a three-party meeting, an afternoon tea;
*member* a person who belongs to a body, for a side; *side* a party, or others who are asked in; *series* the days a
body meets on by itself; *agenda item* one point of a meeting; *core topic* one that is to be settled there;
*invitation* who is asked to come, with the reply; *notice* (通知) what calls a meeting, in time; *interest* whom a
kind of matter touches, so that nobody forgets to ask them.

In the room: *code* and *card* what one checks in with; *clerk* whoever writes at the laptop; *turn* one's turn to
speak; *motion*, *amendment*, *hand* what is put, another wording of it, and who is for or against; *stake* what
somebody has in the matter himself; *note* something for another time. `version` counts what happened in a meeting.
"""
