"""What every reader of a page shares: computed once for each version of the content."""
