"""The command line: it reads arguments, calls services and shows what they return."""
