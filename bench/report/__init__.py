"""What the benches found, written down as docs/bench.md; numbers that fall short are said first in their section."""
