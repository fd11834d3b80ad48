"""Seeing who needs help: where everyone is, who is at risk, one learner at a time."""
