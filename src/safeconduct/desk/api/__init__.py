"""The API for partners: a position and the next question as JSON, from what is sent, of which nothing is kept.

Off unless the desk is set up with it. `middleware` takes calls before anything that knows cookies or stores, `calls`
and `replies` read them, `answering` answers, `problems` says what is wrong, `turns` bounds the work, `description` is
OpenAPI.
"""
