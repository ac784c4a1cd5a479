"""A call in further languages, each written by somebody who speaks it."""
