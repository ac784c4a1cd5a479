"""People come, stay and grow: a welcome by a person, a ladder of deeds, mandates in three parts, study paths."""
