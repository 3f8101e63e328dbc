"""What can be known of a text without a model: folding, sentences, tokens, numbers, names, dates, particles, BM25."""
