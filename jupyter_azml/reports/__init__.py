"""What CI is told about notebooks that ran, in the forms that it reads. Pure functions over a ``RunReport``.

Nothing here is imported until a report is asked for.
"""
