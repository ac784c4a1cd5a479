"""The opinion map over partitioned Parquet, by Dask: the same integers as on one machine."""

from massline.engine.scale.estimate import ScaledOpinion, estimate
from massline.engine.scale.partitions import Partition, find_partitions, split_votes
from massline.engine.scale.sparse_pairwise_tally import tally_votes

__all__ = ["Partition", "ScaledOpinion", "estimate", "find_partitions", "split_votes", "tally_votes"]
