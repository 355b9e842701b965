"""What a person can do to a conversation or a contact: one file an action, and all there is to know about it in there.

A module of this package is found by being here; its classes are told apart in the journal by their tags.
"""
