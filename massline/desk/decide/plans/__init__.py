"""Plans: phases, mobilisation, readiness and safeguards behind a decision."""
