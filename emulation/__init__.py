"""Emulation blocs of the provincial police: the project, its common ground and its roof."""
