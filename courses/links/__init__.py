"""The health of addresses outside the course: asked politely, judged slowly, mended by editors."""
