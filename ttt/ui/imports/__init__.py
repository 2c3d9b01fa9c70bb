"""The page of imports: a history is brought, read, told of in a receipt, and taken back."""
