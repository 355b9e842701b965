"""From a key that was pressed to the command that is run, or to the sentence that says why none is."""
