"""Mass meetings: agenda, clock, speakers, motions and minutes."""
