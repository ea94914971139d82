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
# # What does a queue carry, and how late is it?

# %% tags=["parameters"]
run = "results/20261125-044912-48a8"  # a run
with_faults = "results/soak"  # a run with faults, for the time series
with_credits = "results/t2-small-throttled/c003-r1"  # a run on an instance with CPU credits, likewise
knee = "results/knee-check/knee"  # a search for the knee
sweep = "results/t2-small"  # a sweep over rates
ceiling = "results/queue-benchmark"  # ours against C
peers = "results/peers"  # ours against other queues
figures = None  # a folder for the figures as files

# %%
from reading.answers import throughput
from reading.comparisons import read_pairs, read_peers
from reading.figures.knee import knee_curve
from reading.figures.percentiles import CORRECTED, latency_percentiles
from reading.figures.ratios import ratios_to_c, ratios_to_peers
from reading.figures.sweep import rate_curves
from reading.figures.timeline import timeline
from reading.folders import ResultFolder, opened
from reading.gallery import Gallery, answered

gallery = Gallery(figures)
measured, search = ResultFolder(run).of_kind("run"), opened(knee)
latency, outcome = measured.table("latency"), search.manifest["workload"]
pairs = read_pairs(ceiling)
answered(lambda: throughput.answer(measured.table("summary"), latency, outcome, pairs))

# %% [markdown]
# ## How late are tasks?
#
# Latency counts from the instant at which the schedule wanted a task sent (corrected), and from its sending (uncorrected). Where
# the system keeps tasks from being sent at their time they part, and only the first says so. To the right the axis has the
# same room for each further nine.

# %%
gallery.show(
    "latency-corrected",
    "Latency percentiles by task kind, from the intended instant and from the sending",
    latency_percentiles,
    latency,
    CORRECTED,
)

# %% [markdown]
# What the way of a task is made of, for the task kind that came most often. `queue wait` holds `claim`, and `service` is the
# task itself.

# %%
most = latency.loc[latency["count"].idxmax()].task_kind
gallery.show(
    "latency-by-kind",
    f"Latency percentiles of all latency kinds of the tasks {most}",
    latency_percentiles,
    latency[latency.task_kind == most],
)

# %% [markdown]
# ## Where is the knee?
#
# Each point is a run at one rate. Up to the knee the objective is met, beyond it it is missed; well beyond it the backlog grows,
# too.

# %%
gallery.show(
    "knee",
    "Latency and throughput against the rate asked for, with the knee",
    knee_curve,
    search.optional("knee"),
    outcome,
)

# %%
gallery.show(
    "rate-curves",
    "Latency against throughput for each protocol, mix, durability and start of credits",
    rate_curves,
    opened(sweep).optional("cells"),
)

# %% [markdown]
# ## What goes on in a run?
#
# First the run of above, then one with faults, then one whose CPU credits run out.

# %%
for name, folder in {
    "timeline": measured,
    "timeline-faults": opened(with_faults),
    "timeline-credits": opened(with_credits),
}.items():
    gallery.show(
        name,
        f"Rate, backlog, credits and faults over the time of {folder.name}",
        timeline,
        *(folder.optional(table) for table in ("intervals", "credits", "faults")),
    )

# %% [markdown]
# ## How does that compare?
#
# First with programs in C that do the least of the same protocol, in turn with ours on the same machine; then with queues that
# somebody would pick instead, each with the fastest setting that was found for it.

# %%
gallery.show("ratios-c", "Throughput of ours as a share of that of C, by comparison", ratios_to_c, pairs)

# %%
gallery.show("ratios-peers", "How many times better than each peer, by measure", ratios_to_peers, read_peers(peers))
