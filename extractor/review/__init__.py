"""The review: pages on which people look at what was read and where it stands, and the corrections they make there.

Nothing is imported here: the command line loads this package at every start.
"""
