"""The course's glossary: its page, and links to it in the text of lessons."""
