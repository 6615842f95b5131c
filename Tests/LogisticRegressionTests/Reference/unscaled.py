"""unscaled.json, which BadDataTests.swift reads: columns of very different scale, fitted without a penalty.

    python3 unscaled.py > unscaled.json

The estimate of `share` is 339; scikit-learn's default solver stops far from it and says nothing but a warning.
"""
import json
import sys
import warnings

import numpy as np
import scipy
import sklearn
import statsmodels
import statsmodels.api as sm
from sklearn.linear_model import LogisticRegression

random = np.random.default_rng(1)
n = 400
share = (random.uniform(size=n) * 1e-2).round(6)
revenue = random.lognormal(13, 1, n).round(0)
outcomes = (random.uniform(size=n) < 1 / (1 + np.exp(-(330 * share - 2 + 4e-7 * revenue)))).astype(int)
x = np.column_stack([share, revenue])

# statsmodels on columns in units of their deviations, brought back: the maximum has no unit.
unit = x.std(axis=0)
fit = sm.Logit(outcomes, sm.add_constant(x / unit)).fit(method="newton", tol=1e-14, maxiter=200, disp=False)
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    lazy = LogisticRegression(penalty=None).fit(x, outcomes)
json.dump(
    {
        "columns": {"share": share.tolist(), "revenue": revenue.tolist()},
        "outcomes": outcomes.tolist(),
        "intercept": float(fit.params[0]),
        "coefficients": (fit.params[1:] / unit).tolist(),
        "standard_errors": (fit.bse[1:] / unit).tolist(),
        "deviance": float(-2 * fit.llf),
        "scikit_learn_default": lazy.coef_[0].tolist(),
        "tools": {
            "python": sys.version.split()[0], "numpy": np.__version__, "scipy": scipy.__version__,
            "statsmodels": statsmodels.__version__, "scikit-learn": sklearn.__version__,
        },
    },
    sys.stdout,
)
print()
