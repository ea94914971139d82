"""What a run on an instance used of its processors."""

from reading.folders import ResultFolder


def processors_used(run: ResultFolder) -> float:
    """Processors' worth of time that the kernel counted over the load, from its first reading to its last."""
    readings = run.table("credits")
    load = readings[readings.phase == "load"]
    return load.used_s.iloc[1:].sum() / (load.at_s.iloc[-1] - load.at_s.iloc[0])
