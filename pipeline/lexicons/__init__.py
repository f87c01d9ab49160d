"""Floor 3: the house's lexicon as files. lexicon.toml, which belongs to its author, and W3C PLS for the world outside.

``toml`` lays entries into the text of lexicon.toml and leaves everything else in it as it was; ``pls`` reads and writes
Pronunciation Lexicon Specification 1.0; ``merging`` says what becomes of entries from elsewhere, and which entries are
of one name; ``ipa`` knows what is no IPA. What the entries do to a text is ``pipeline.text.lexicon``'s work.
"""
