"""What no test would notice: changes of the code that the tests are tried with."""
