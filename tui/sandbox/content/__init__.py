"""The words of the made-up support desk."""
