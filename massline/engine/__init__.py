"""The mathematics of Massline: typed arrays in, one frozen dataclass out.

Nothing here knows Django, the clock, the disk or any randomness but the seed handed in.
"""

ENGINE_VERSION = "5"
