"""Journeys and scripts in a real browser, on the demo community."""
