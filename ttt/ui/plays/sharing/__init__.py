"""What people let others see: a recap by its link, and comparing with somebody who agrees."""
