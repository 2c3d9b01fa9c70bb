"""The tables of plays: told and derived, the files they came in, recorders, and who may look."""
