"""The engine elevenlabs, against a server of this computer that answers as the real one does."""
