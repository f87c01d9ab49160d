"""Tests of the rules over documents and over what is served."""
