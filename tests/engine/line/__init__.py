"""The line: breadth, advance and packages."""
