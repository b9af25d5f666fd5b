"""Content in and out as a bundle: JSON Lines, one object a line, the same bytes for the same content.

`formats` says once what each type of line holds; importing, exporting and the field guide read it there.
"""
