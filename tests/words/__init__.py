"""What a person can see of the program, and the words that it does not use."""
