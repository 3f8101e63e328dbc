"""The prompts of checks that ask a model, one short Markdown file each."""
