"""The parts of the Markdown renderer; `courses.markdown` is its front door."""
