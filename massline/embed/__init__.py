"""Sentence vectors, personal-data flags and language identification: beside the engine, may touch the disk."""
