"""Messages to people who signed up, and to nobody else: by e-mail, text message, Matrix or Telegram.

Each channel is optional and configured by the environment (docs/run.md). Only the worker sends. Addresses are held
in memory only; the desk stores a digest of each, under a key that is destroyed two days after the event.
"""
