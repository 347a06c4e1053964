"""Gaps that mean the same are one in the queue: by vectors where the site has an embedder, else
word for word across languages, and by what people decide. May use the gaps of this room, the
embedders of the index and the words that linked titles teach."""
