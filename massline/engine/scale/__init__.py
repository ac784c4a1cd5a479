"""The opinion map over partitioned Parquet, by Dask: the same integers as on one machine."""

from massline.engine.scale.pairs import tally_of
from massline.engine.scale.partitions import Part, partitions, split
from massline.engine.scale.whole import ScaledOpinion, estimate

__all__ = ["Part", "ScaledOpinion", "estimate", "partitions", "split", "tally_of"]
