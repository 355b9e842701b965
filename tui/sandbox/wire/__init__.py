"""How records look on the wire: the documents of Intercom's 2.14 description."""
