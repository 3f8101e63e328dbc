"""Write questions from documents: by rule, without a model, and by language model."""
