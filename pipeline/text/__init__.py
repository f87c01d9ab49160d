"""Floor 2, between reading and scripting: what is written becomes what is said. Pure.

``pack`` is what every language must bring; ``english`` is the one that is here. ``edits``, ``needs`` and ``passes``
lay the rules of a language over a text and keep the spans; ``lexicon`` goes before them with what the house says.
"""
