"""Personal data in what people said: found, looked at, masked."""
