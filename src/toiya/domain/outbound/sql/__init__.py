"""The hot statements of the floor and of shipping, one module per work."""
