"""Pictures of data as SVG drawn on the server; each stands with its table, and a narrow one is drawn for narrow screens.

A count that is not shown is drawn as a hatched box of one length, with the words for it, never as zero.
"""
