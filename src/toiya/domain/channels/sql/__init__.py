"""
The set-based statements of the sales sites: what we know of a cart, and wishes stored, claimed and settled.

Lock order: the connection, then orders (through their own packages), then wishes by id. Claims skip locked rows.
"""
