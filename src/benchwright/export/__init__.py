"""To and from other tools: question files, Hugging Face datasets, lm-eval, lighteval, inspect."""
