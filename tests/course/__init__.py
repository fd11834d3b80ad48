"""The course itself: what its files say, held against what lessons and questions promise."""
