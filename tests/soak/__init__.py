"""A shift of many hours, sped up: what the program takes of the machine, and whether its counts are the workspace's."""
