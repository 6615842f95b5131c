"""Prints the reference values of DistributionsTests.swift. Run with scipy 1.17.1, numpy 2.4.6."""
from scipy import stats

for z in (-8, -1.5, 0, 0.3, 5):
    print("normal", z, repr(float(stats.norm.cdf(z))))
for p in (1e-300, 1e-10, 0.02, 0.3, 0.5, 0.975, 0.999999):
    print("quantile", p, repr(float(stats.norm.ppf(p))))
for x, k in ((0.5, 1), (3.841458820694124, 1), (15.40419094897176, 3), (300, 2), (5, 10), (80, 50), (1e-8, 4)):
    print("chi2", x, k, repr(float(stats.chi2.sf(x, k))))
