"""A single cell as a job: what it reads from its notebook, how that travels, and how values come back.

``reading`` finds names in source, ``capture`` follows them through a namespace, ``pickling`` writes what it finds,
``kernel`` is the other side, and ``returned`` brings values home.
"""
