"""READMEs of courses: read, accounted for line by line, compared, and written as documents."""
