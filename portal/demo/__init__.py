"""The living demo community (top floor): a year of a council's life, told through the actions of all features.

`stories/` says who lives in 东兴社区 and what happened to each topic; `README.md` documents its format.
`sources` reads it, `plan` spreads it over time and people, `cast` and `ground` bring in the community through the
same doors as a real one, `verbs` does each step by its action at its hour, `build` puts it together in one
transaction. `flask demo` builds it once. Nothing else imports this package.
"""
