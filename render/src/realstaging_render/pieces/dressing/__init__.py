"""What kitchens and bathrooms are dressed with; nothing here replaces what is built in."""
