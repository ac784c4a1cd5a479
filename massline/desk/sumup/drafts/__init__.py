"""Draft findings written by a language model on request, checked by people."""
