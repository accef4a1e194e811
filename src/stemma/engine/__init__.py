"""Engines run stages: the same four verbs on one machine and on Spark."""
