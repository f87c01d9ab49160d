"""The engine openai, against servers of this computer that answer as the real ones do."""
