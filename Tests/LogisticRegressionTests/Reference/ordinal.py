"""ordinal.json, which ProportionalOddsTests.swift reads: a proportional odds fit by statsmodels, and Brant's test
(Biometrics 46, 1990, equations 4 to 7) written out over statsmodels' binary fits, as R's `brant` does it.

    python3 ordinal.py > ordinal.json
"""
import json
import sys

import numpy as np
import scipy
import statsmodels
import statsmodels.api as sm
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

# Two rows an account; statsmodels' default factor for small samples is G/(G - 1) (n - 1)/(n - k).
accounts = np.arange(n) // 2
clustered = model.fit(
    start_params=fit.params, method="bfgs", gtol=1e-11, disp=False, cov_type="cluster", cov_kwds={"groups": accounts})

z = sm.add_constant(x)
binary = [sm.Logit((bands > cut).astype(int), z).fit(method="newton", tol=1e-14, disp=False) for cut in (0, 1)]
p1, p2 = (one.predict(z) for one in binary)
inverse = [np.linalg.inv(z.T @ (z * (p * (1 - p))[:, None])) for p in (p1, p2)]
both = inverse[0] @ (z.T @ (z * (p2 - p1 * p2)[:, None])) @ inverse[1]
difference = (binary[1].params - binary[0].params)[1:]
variance = (inverse[0] + inverse[1] - both - both.T)[1:, 1:]
brant = {
    "statistic": float(difference @ np.linalg.solve(variance, difference)),
    "terms": [float(d * d / v) for d, v in zip(difference, np.diag(variance))],
    "coefficients": [list(map(float, one.params[1:])) for one in binary],
}

# The Hessian by complex steps is exact; errors of thresholds are left out, as theirs are of the logarithms.
json.dump(
    {
        "columns": [list(map(float, column)) for column in x.T],
        "bands": [int(band) for band in bands],
        "coefficients": list(map(float, fit.params[:3])),
        "standard_errors": list(map(float, fit.bse[:3])),
        "clustered_errors": list(map(float, clustered.bse[:3])),
        "brant": brant,
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
