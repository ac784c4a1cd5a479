"""The look: base templates, design tokens, components, charts, static files."""
