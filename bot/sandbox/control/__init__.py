"""The control interface: everything a person can do on the page, as JSON for scripts and for the page itself."""
