"""What a frame and a span say: plain numbers for the charts, and the sentences above them."""
