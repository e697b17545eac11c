"""What the checks found, as text: one file per format, values in and strings out."""
