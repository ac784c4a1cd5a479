"""Results of the benches as docs/bench.md; numbers that fall short come first in their section."""
