"""Tests of the client that all network engines share, and the loopback server that their tests answer with."""
