"""What must always be true, in a house with everything in it; a package, so that its house goes when its tests end."""
