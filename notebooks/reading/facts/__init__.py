"""What pages say of the committed results: a module a subject, each a pure function of the folders it is about.

Facts are computed and not formatted: medians, ratios with their ranges, counts, percentiles. Pages format them by filters
(`reading.filters`). Where a page says something without a number, such as that nothing was lost, the facts hold it to the
data (`reading.facts.claims`).
"""
