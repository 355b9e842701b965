"""What is said of the store on disk: damage, other programs, rescue and what no longer fits."""

from typing import Final

# inbox/session
CANNOT_WRITE: Final = "Cannot write the store at {path}: {reason}."
