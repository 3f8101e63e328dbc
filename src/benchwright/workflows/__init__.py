"""The end-to-end work, one file a verb; command line and Python API call these."""
