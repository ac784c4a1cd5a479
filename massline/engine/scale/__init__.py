"""The opinion map over partitioned Parquet, by Dask: the same integers as on one machine."""

from massline.engine.scale.estimate import ScaledOpinion, estimate
from massline.engine.scale.partitions import Part, partitions, split
from massline.engine.scale.sparse_tally import tally_of

__all__ = ["Part", "ScaledOpinion", "estimate", "partitions", "split", "tally_of"]
