"""Review: cards that come back when their answers are about to be forgotten.

`scheduling` is the pure core, `cards` and `rating` are the actions, `queue` says what comes
next; the other modules tell a learner what their cards amount to, and when more will come.
"""
