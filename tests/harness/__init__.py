"""What the tests share: a served sandbox to ask, and inboxes that work against it."""
