"""Settings, profiles, keymap, where files live, and how the token is found."""
