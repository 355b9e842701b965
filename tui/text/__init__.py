"""The ground floor: cleaning, HTML, Markdown, times and ages. Knows nothing of the rest."""
