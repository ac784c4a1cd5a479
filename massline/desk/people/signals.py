"""What was done to people's rows, told to the guard, who writes it down. Carries `organisation`, `by`, `verb`, `subject`.

The people room stands below the guard and may not import it; so it tells, and the guard listens.
"""

from django.dispatch import Signal

done = Signal()
