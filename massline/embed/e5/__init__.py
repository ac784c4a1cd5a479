"""The multilingual-e5-small sentence model: weights, tokenizer and graph."""
