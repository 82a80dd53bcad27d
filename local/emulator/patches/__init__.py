"""Differences between moto and AWS that the pipeline depends on, patched: a module for each service."""
