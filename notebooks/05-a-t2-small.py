# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # What does a `t2.small` sustain with credits, what without, and for how long?

# %% tags=["parameters"]
sweep = "results/t2-small"  # a sweep over rates on an instance with CPU credits
throttled = "results/t2-small-throttled"  # a sweep over where they begin, or a run, on such an instance
figures = None  # a folder for the figures as files

# %%
from reading.answers import instance
from reading.figures.credits import credit_curves
from reading.figures.sustained import rate_by_credits, sustained
from reading.figures.sweep import rate_curves
from reading.folders import ResultFolder, opened
from reading.gallery import Gallery, answered
from reading.plans import runs_a_rate

gallery = Gallery(figures)
spent, swept = ResultFolder(throttled), opened(sweep)
rates, runs = swept.optional("sustained"), runs_a_rate(swept.manifest)
starts, credit = spent.optional("cells"), spent.gathered("credits")
answered(lambda: instance.answer(rates, starts, credit, runs))

# %% [markdown]
# ## How do credits run out?
#
# A core that is used costs a credit a minute, and credits come in at the rate of the baseline. While there are some the instance
# may use all of a core; as they run out it is allowed less and less, down to the baseline. Here the kernel holds Redis, workers
# and generators to that.

# %%
gallery.show(
    "credits",
    "Credit balance, processors and throttling over time, by where credits began",
    credit_curves,
    credit,
    spent.gathered("summary"),
)

# %%
gallery.show("rate-by-credits", "What was acked by where credits began", rate_by_credits, starts)

# %% [markdown]
# ## Which rates are sustained?
#
# By protocol and durability, for tasks that are all queue, that compute, and that mostly wait. A rate is sustained when the backlog
# does not grow in any of its runs; the limit is somewhere between that rate and the next one of the sweep.
# Longer runs could show a backlog that grows too slowly for these.

# %%
gallery.show(
    "sustained",
    "Greatest sustained rate, with and without credits, by mix, protocol and durability",
    sustained,
    rates,
    runs,
)

# %%
gallery.show(
    "rate-curves",
    "Latency against throughput by protocol, mix, durability and credits",
    rate_curves,
    swept.optional("cells"),
)
