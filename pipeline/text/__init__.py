"""Floor 2, between reading and scripting: what is written becomes what is said. Pure.

``sentences`` cuts a paragraph into pieces of a breath, ``spoken`` says each of them in words; ``numbers``,
``abbreviations`` and ``lexicon`` are what both know of the language and of the house.
"""
