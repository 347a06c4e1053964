"""Groups of texts that ask one thing: texts or vectors in, numbers of groups out.

Knows no Django, no models and no settings; uses `search.text`, NumPy, SciPy, scikit-network, faiss.
"""
