"""What can be done to each part of the screen. A controller knows those that it was given when it was made; it tells
others by what they subscribed to, and it never reaches for the application."""
