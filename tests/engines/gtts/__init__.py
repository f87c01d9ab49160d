"""Tests of Google Translate's voice, and the loopback server that answers as Google does."""
