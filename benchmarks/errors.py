class BenchError(Exception):
    """The bench cannot be run, or what it measured does not count; the message says why."""
