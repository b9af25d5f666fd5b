"""Pictures and files as they come in, as they are kept, and as they are handed out again."""
