"""What every floor speaks of, as plain values; no input or output, and nothing but `tui.text` beneath it."""
