"""What people let others see: comparing with somebody who agrees, and links to one recap."""
