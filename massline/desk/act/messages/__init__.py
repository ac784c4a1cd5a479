"""Writing to those who said they come, and to nobody else: by mail, text message, Matrix or Telegram.

Each way is optional and configured by the environment (docs/run.md). Only the worker sends; addresses pass through
memory, and what stays at the desk is a digest under a key that dies two days after the event.
"""
