"""Musical keys as people and programs write them."""
