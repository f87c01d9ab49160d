"""Floor 3: Show and Episodes become RSS, which is read back before anybody gets it; and the ledgers of identity.

``writing`` makes the bytes (feedgen, and ``extension`` for what it cannot say), ``pages`` parts a long feed,
``reading`` reads all of it with other parsers and compares, ``ledger`` keeps what must never change. ``document`` reads
the feeds of others. No date goes through feedgen, which would turn the locale of the whole process over for each.
"""
