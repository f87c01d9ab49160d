"""Floor 3, sources: HTML -> Markdown, read downwards: bytes -> tree -> the article in it -> what is written of it."""
