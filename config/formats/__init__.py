"""Where Django writes dates and numbers otherwise than CLDR does; Django reads <language>/formats.py."""
