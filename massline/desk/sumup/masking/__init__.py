"""Personal data in voices: detection, review by a person, and masking."""
