"""Rank 9: mail on its way out (one message, one recipient, over SMTP), and what providers tell of it afterwards."""
