"""What a vision model is told that reads the picture of a page."""
