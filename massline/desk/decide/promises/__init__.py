"""What the other side promised, by when and with what proof; and what came of our demands."""
