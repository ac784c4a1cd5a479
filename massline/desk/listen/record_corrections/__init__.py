"""Setting right what was written down of a conversation, and deleting what somebody asks to have deleted."""
