"""How tracks sound: neighbours, orders and the builder of lists."""
