"""The prompts a writer is given, one short Markdown file each; any of them can be replaced by the user's own."""
