"""What a newcomer presses and types into, counted in their own browser."""

from tests.e2e.walker import Walker

COUNTING = """
const add = (what) => localStorage.setItem(what, Number(localStorage.getItem(what) || 0) + 1);
const any = 'a,button,summary,label,input,select,textarea';
const typed = 'textarea,select,input:not([type=checkbox],[type=radio])';
addEventListener('pointerdown', (event) => event.target.closest(any) && add('presses'), true);
addEventListener('change', (event) => event.target.matches(typed) && add('fields'), true);
"""


def counted(walker: Walker) -> tuple[int, int]:
    """Presses and fields so far."""
    presses, fields = walker.page.evaluate(
        "['presses', 'fields'].map((what) => Number(localStorage.getItem(what)))"
    )
    return int(presses), int(fields)
