"""The page that addresses answer with: its head, its icons, and addresses that lead nowhere."""
