"""The Intercom REST API: typed models, one module a resource, one transport."""
