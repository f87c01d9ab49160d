"""Floor 3: Show and Episodes become RSS, which is read back before anybody gets it; and the ledgers of identity.

``writing`` makes the bytes (feedgen, and ``extension`` for what it cannot say), ``reading`` reads them with another
parser and compares, ``ledger`` keeps what must never change. feedgen switches the locale of the whole process while
it writes a date, so a feed is written in one thread.
"""
