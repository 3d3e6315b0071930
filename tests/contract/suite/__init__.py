"""The definition of the port: one class per noun, run against every backend."""
