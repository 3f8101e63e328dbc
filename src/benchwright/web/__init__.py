"""What every page shares: layout, static files, Markdown of models rendered safely, security headers."""
