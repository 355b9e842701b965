"""Which conversations, in which order: the query language, views, the list on screen, and searching at Intercom."""
