"""Who signed up, who came, and the next step of each."""
