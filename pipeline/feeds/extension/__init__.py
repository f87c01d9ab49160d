"""Floor 3, inside the feeds: all that feedgen cannot say of a channel and of an item.

feedgen knows no podcast: and psc: elements, no WebSub hub and no paging, takes no true or false for itunes:explicit,
merges two categories of one family, and turns the locale of the whole process over for every date. ``channel`` and
``item`` give such elements as values, ``persons`` those of people, ``elements`` makes XML of them. The writer writes
these values, and the proof compares them with what it reads.
"""
