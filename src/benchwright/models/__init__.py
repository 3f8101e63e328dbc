"""Who answers: language models behind an API, own applications, recorded answers, built-in baselines and readers."""
