"""Demands: aims put to somebody by name, their breadth, and the members' judgements of them."""
