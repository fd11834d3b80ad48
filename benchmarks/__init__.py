"""How quickly Cairn answers, as ratios to a bare Django view served in the same run.

`python -m benchmarks --help`; what the figures mean is in docs/benchmarks.md.
"""
