"""The screen: the inbox in Textual."""
