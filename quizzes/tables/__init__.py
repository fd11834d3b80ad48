"""Questions as a table for spreadsheets."""
