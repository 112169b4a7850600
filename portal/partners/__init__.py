"""Partner merchants (商企合伙人): shops that thank helpers, and what can be had for points there. Applications, visits
and agreements; offers with their stock; redemptions by a code that is used once; monthly statements. Points are moved
by the actions of `points` alone, and no page here knows what they would be in yuan. Floor 9: knows points.

Words: a *partner merchant* has applied and, while its agreement runs, gives something for points; an *offer* is what it
gives; a *redemption* is one of it for one person, from the code he shows until it was handed over or came to nothing;
to *settle a code* (核销) is to hand it over.
"""
