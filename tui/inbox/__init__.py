"""What the product is, with no screen: views, sync, outbox, undo, drafts."""
