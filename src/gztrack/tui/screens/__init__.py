"""Screens: the only ones that talk to the tracker."""
