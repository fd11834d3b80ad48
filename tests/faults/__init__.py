"""Real processes, killed while learners answer: what was acknowledged must be there afterwards."""

QUESTIONS = 16
