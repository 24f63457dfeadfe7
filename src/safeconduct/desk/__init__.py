"""The confidential desk: contact without a name, and files that only their helpers can open. The one place with Django.

`project` puts two sites together from one configuration: the contact site and the members' site. `keyring` is the
second store, with every wrap of a key; `members` and `cases` hold the rest and the actions, one verb a module. A view
names the actor, calls one action, calls pure code and renders. Actions refuse without an actor; times are parameters.
docs/explanation/desk.md tells how it fits together, docs/reference/desk-actions.md lists the verbs.
"""
