"""What people really played: taken in, judged, kept and measured."""
