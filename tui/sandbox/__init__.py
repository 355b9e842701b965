"""An Intercom-compatible workspace, in the process or served on loopback."""
