"""A web address -> the page behind it, against servers on this computer."""
