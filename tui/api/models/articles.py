"""Help-centre articles."""

from __future__ import annotations

from tui.api.models.base import Id, MaybeId, Model, Text, Time

__all__ = ["Article"]


class Article(Model):
    """A help-centre article; ``body`` is HTML, ``state`` is ``published`` or ``draft``."""

    type: Text = "article"
    id: Id = ""
    workspace_id: Text = ""
    title: Text = ""
    description: Text = ""
    body: Text = ""
    author_id: MaybeId = None
    state: Text = "draft"
    created_at: Time = 0
    updated_at: Time = 0
    url: Text = ""
    parent_id: MaybeId = None
    parent_type: Text = ""
    default_locale: Text = ""
