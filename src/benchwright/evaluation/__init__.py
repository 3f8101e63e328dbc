"""Ask models the questions and grade what they answer."""
