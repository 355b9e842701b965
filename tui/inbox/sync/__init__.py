"""What comes from Intercom into the store: who we are, the first sync, polling, and the connection that carries it."""
