"""From a journaled action to what Intercom made of it: the worker, its guard and order, unknown deliveries, undo."""
