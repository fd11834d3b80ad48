"""Item analysis: what the answers of many say about a question."""
