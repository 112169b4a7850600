"""Accounts (floor 2): people who sign in, the units they belong to, and the roles they hold at a place for a term.

Words: *user* a person with an account; *membership* person × unit × relation (owner, tenant, family);
*grant* a role held at a place for a term; *claim* the one-time code of a printed contact card, which turns a
user into a member of a unit; *acting* staff who enter something for a person, always attributed.
"""
