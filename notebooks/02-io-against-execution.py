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
# # How is waiting weighed against computing?

# %% tags=["parameters"]
run = "results/20261125-044912-48a8"  # a run
messages = "results/messages"  # a run whose tasks wait
sweep = "results/io"  # a sweep over slots and mixes
figures = None  # a folder for the figures as files

# %%
from reading.answers import weighing
from reading.figures.slots import prediction_error, slots_curve
from reading.figures.time_split import time_split
from reading.folders import ResultFolder, opened
from reading.gallery import Gallery, answered

gallery = Gallery(figures)
measured, waiting, cells = ResultFolder(run).of_kind("run"), opened(messages), opened(sweep).optional("cells")
io = measured.table("io")
answered(lambda: weighing.answer({measured.name: io, waiting.name: waiting.optional("io")}, cells))

# %% [markdown]
# ## Where does a task's time go?
#
# The wall time of a slot that a task takes is CPU time, waiting for I/O (Redis, gRPC, or a sleep), time in which it was ready and
# had no core, and a rest that nothing accounts for. Each is measured by itself, so the rest says how well the others fit.

# %%
gallery.show("time-split", f"Shares of wall time by task kind, {measured.name}", time_split, io)

# %% [markdown]
# The same for those who send the tasks.

# %%
gallery.show("time-split-generator", f"Shares of wall time of the generator, {measured.name}", time_split, io, "generator")

# %% [markdown]
# And for tasks that wait for a slow receiver.

# %%
gallery.show("time-split-messages", f"Shares of wall time by task kind, {waiting.name}", time_split, waiting.optional("io"))

# %% [markdown]
# ## How many slots keep a core busy?
#
# One slot says what a task takes of a slot and of a core. More slots carry more until the core is busy, which is where the line
# bends.

# %%
gallery.show("slots", "Throughput against slots by mix, measured and predicted", slots_curve, cells)

# %%
gallery.show("prediction-error", "Measured minus predicted throughput against slots", prediction_error, cells)
