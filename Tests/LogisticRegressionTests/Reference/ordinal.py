"""ordinal.json, which ProportionalOddsReferenceTests.swift reads: a proportional odds fit by statsmodels.

    python3 ordinal.py > ordinal.json
"""
import json
import sys

import numpy as np
import scipy
import statsmodels
from statsmodels.miscmodels.ordinal_model import OrderedModel

random = np.random.default_rng(7)
n = 240
x = np.column_stack([random.normal(size=n).round(3), random.integers(0, 2, n), random.uniform(0, 50, n).round(1)])
latent = x @ [0.9, -0.6, 0.03] + random.logistic(size=n)
bands = np.digitize(latent, [0.2, 1.9])

model = OrderedModel(bands, x, distr="logit")
fit = model.fit(method="newton", maxiter=200, tol=1e-14, disp=False)
fit = model.fit(start_params=fit.params, method="bfgs", gtol=1e-11, disp=False)
# statsmodels keeps the first threshold and the logarithms of the further steps.
thresholds = model.transform_threshold_params(fit.params)[1:-1]
# The Hessian by complex steps is exact; errors of thresholds are left out, as theirs are of the logarithms.
json.dump(
    {
        "columns": [list(map(float, column)) for column in x.T],
        "bands": [int(band) for band in bands],
        "coefficients": list(map(float, fit.params[:3])),
        "standard_errors": list(map(float, fit.bse[:3])),
        "thresholds": list(map(float, thresholds)),
        "log_likelihood": float(fit.llf),
        "tools": {
            "python": sys.version.split()[0], "numpy": np.__version__, "scipy": scipy.__version__,
            "statsmodels": statsmodels.__version__,
        },
    },
    sys.stdout,
)
print()
