"""Gaps that mean the same are one in the queue: by vectors where the site has an embedder, and by
what people decide. May use the gaps of this room and the embedders of the index."""
