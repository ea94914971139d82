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
# # Where does Binet's formula stop being true?

# %% tags=["parameters"]
study = "results/fibonacci"  # the Fibonacci study, or a run with such tasks
figures = None  # a folder for the figures as files

# %%
from reading.answers import divergence
from reading.figures.accuracy import bounds_and_gaps, correct_digits, ulp_error
from reading.figures.error_sources import contributions
from reading.figures.timings import time_against_n
from reading.folders import ResultFolder
from reading.gallery import Gallery, answered

gallery = Gallery(figures)
folder = ResultFolder(study)
accuracy, bounds, sources = folder.table("accuracy"), folder.optional("bounds"), folder.optional("error_sources")
answered(lambda: divergence.answer(accuracy, bounds, sources))

# %% [markdown]
# ## How wrong is it?
#
# The formula is exact over the reals but for a term that is less than half. Each of its steps is rounded, and taking the power
# makes the error of its base as many times greater as the exponent says. The bound is derived from that, beside
# `requiredPrecision(for:)`; the value becomes wrong where the error reaches half of the way to the next integer.

# %%
gallery.show("ulp-error", "Error in units in the last place against the index, by precision, with the bound", ulp_error, accuracy)

# %%
gallery.show("correct-digits", "Correct decimal digits against the index, by algorithm and precision", correct_digits, accuracy)

# %% [markdown]
# ## How near is the proven bound?

# %%
gallery.show(
    "bounds",
    "First wrong index and proven bound against the precision, and the gap between them",
    bounds_and_gaps,
    bounds,
)

# %% [markdown]
# ## Which step makes the error?
#
# The steps are made exact one after the other, from the last to the first, so what they contribute adds up to the error.

# %%
gallery.show("error-sources", "Contribution of each step to the error against the index, by precision", contributions, sources)

# %% [markdown]
# ## What does being right cost?

# %%
gallery.show(
    "time-against-n",
    "Time of a call against the index by algorithm, with crossovers",
    time_against_n,
    *(folder.optional(table) for table in ("timings", "crossovers", "growth")),
)
