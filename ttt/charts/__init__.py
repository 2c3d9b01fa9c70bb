"""Plain data in, plotly go.Figure out."""
