"""Reference values for CalibrationTests: scikit-learn and statsmodels.

    python3 calibration.py > calibration.json
"""
import json, sys
import numpy as np, sklearn, statsmodels
import statsmodels.api as sm
from sklearn.calibration import _sigmoid_calibration
from sklearn.isotonic import IsotonicRegression

rng = np.random.default_rng(20240301)
n = 300
eta = np.round(rng.normal(-1.0, 1.8, n), 2)
y = (rng.random(n) < 1 / (1 + np.exp(-(0.3 + 0.5 * eta)))).astype(float)
w = rng.integers(1, 4, n).astype(float)
p = 1 / (1 + np.exp(-eta))


def soften(y, w):
    events, others = (w * y).sum(), (w * (1 - y)).sum()
    return np.where(y == 1, (events + 1) / (events + 2), 1 / (others + 2))


def glm(x, t, w):
    return sm.GLM(t, sm.add_constant(x), family=sm.families.Binomial(), freq_weights=w).fit(tol=1e-14, maxiter=200).params.tolist()


one = np.ones(n)
both = np.column_stack([np.log(p), -np.log1p(-p)])
grid = np.linspace(-6, 5, 45)
isotonic = lambda t, w: IsotonicRegression(out_of_bounds="clip").fit(eta, t, sample_weight=w).predict(grid).tolist()
a, b = _sigmoid_calibration(eta, y)  # expit(-(a x + b))
json.dump(dict(
    tools={m.__name__: m.__version__ for m in (np, sklearn, statsmodels)},
    outcomes=y.tolist(), linear_predictors=eta.tolist(), weights=w.tolist(),
    sigmoid=[-b, -a], platt=glm(eta, soften(y, one), one), platt_weighted=glm(eta, soften(y, w), w),
    beta=glm(both, soften(y, one), one), beta_weighted=glm(both, soften(y, w), w),
    grid=grid.tolist(), isotonic=isotonic(soften(y, one), one), isotonic_weighted=isotonic(soften(y, w), w),
    isotonic_plain=isotonic(y, one)), sys.stdout, indent=1)
