"""What was seen on the street, checked by somebody, and said in public."""
