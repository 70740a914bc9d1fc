"""The commands of ``motcua``, one module each; :mod:`motcua.cli` says what a module must have."""
