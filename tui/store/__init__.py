"""SQLite: conversations, parts, contacts, drafts and the outbox journal."""
