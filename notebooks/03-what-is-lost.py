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
# # What is lost when something dies?

# %% tags=["parameters"]
matrices = ["results/faults", "results/faults-others"]  # sweeps over faults, or runs with faults
monitors = ["results/faults-monitors"]  # likewise, of faults that hit monitors
durability = ["results/durability", "results/fail-over"]  # sweeps over durabilities and faults
cost = "results/durability-cost"  # a sweep over durabilities without faults
kills = "results/everysec/sigkills.csv"  # of a server whose syncs are slow
figures = None  # a folder for the figures as files

# %%
from reading.answers import losses
from reading.faults import faults_of
from reading.figures.durability import cost_of_durability, loss_by_durability
from reading.figures.everysec import loss_by_sync
from reading.figures.losses import loss_matrix, time_to_mend
from reading.folders import opened, opened_all
from reading.foreign import read_kills
from reading.gallery import Gallery, answered

gallery = Gallery(figures)
faults, at_monitors, by_durability = (faults_of(opened_all(paths)) for paths in (matrices, monitors, durability))
answered(lambda: losses.answer(faults, by_durability))

# %% [markdown]
# ## What does each fault lose?
#
# Processes are killed or stopped, at any moment or at each point of their protocol in turn (`@every`); Redis is killed, loses its
# power, hangs, is slow, is cut off, or has no room left. Lost is a task that was acknowledged and is nowhere; twice is an execution
# beyond a task's first.

# %%
gallery.show("loss-matrix", "Tasks lost and run twice by fault and protocol", loss_matrix, faults)

# %% [markdown]
# The same of faults that hit monitors, while now and then a task kills its worker: `lock` counts no attempts, so such a task kills
# the next worker, too.

# %%
gallery.show("loss-matrix-monitors", "Tasks lost and run twice by fault of monitors and protocol", loss_matrix, at_monitors)

# %% [markdown]
# ## How soon is it mended?
#
# From the fault until the last task that its target held was claimed by somebody else, or acked after all.

# %%
gallery.show("time-to-mend", "Time from a fault until its tasks were mended, by fault and protocol", time_to_mend, faults)

# %% [markdown]
# ## What does a durability save, and what does it cost?
#
# Tasks are sent faster than they are done, by a producer that keeps no copy of them, so that what Redis loses is lost.

# %%
gallery.show("loss-by-durability", "Tasks lost by each fault, by durability", loss_by_durability, by_durability)

# %%
gallery.show("cost-of-durability", "Throughput and latency by durability", cost_of_durability, opened(cost).optional("cells"))

# %% [markdown]
# `everysec` is said to lose nothing when only the server's process dies. Here that is killed while its syncs are made to take long.

# %%
gallery.show("loss-by-sync", "Pushes lost by each kill, by how long a sync takes", loss_by_sync, read_kills(kills))
