"""Reference values for MetricsTests, from tools that share no code with Pulso.

    python3 make.py > reference.json      (scikit-learn, statsmodels, scipy, numpy)
"""
import json, sys
import numpy as np, scipy, sklearn, statsmodels
import statsmodels.api as sm
from scipy import integrate, optimize, stats
from sklearn import metrics
from sklearn.isotonic import IsotonicRegression
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

rng = np.random.default_rng(20240229)
n = 400
eta = rng.normal(-1.1, 1.4, n)
eta = np.where(rng.random(n) < 0.4, np.round(eta, 1), eta)  # ties
y = (rng.random(n) < 1 / (1 + np.exp(-(0.2 + 0.8 * eta)))).astype(float)
eta2 = np.round(eta + rng.normal(0, 1.0, n), 2)
w = rng.integers(1, 4, n).astype(float)
p = 1 / (1 + np.exp(-eta))


def delong(y, scores):
    """DeLong, DeLong & Clarke-Pearson (1988), the O(mn) definition."""
    theta, v10, v01 = [], [], []
    for s in scores:
        psi = (s[y == 1][:, None] > s[y == 0][None, :]) + 0.5 * (s[y == 1][:, None] == s[y == 0][None, :])
        theta.append(psi.mean()); v10.append(psi.mean(1)); v01.append(psi.mean(0))
    s10, s01 = np.cov(v10), np.cov(v01)
    m, k = (y == 1).sum(), (y == 0).sum()
    return np.array(theta), np.atleast_2d(s10) / m + np.atleast_2d(s01) / k


theta, cov = delong(y, [eta, eta2])
twice = np.repeat(np.arange(n), w.astype(int))
theta_w, cov_w = delong(y[twice], [eta[twice], eta2[twice]])
diff_se = np.sqrt(cov[0, 0] + cov[1, 1] - 2 * cov[0, 1])

line = sm.GLM(y, sm.add_constant(eta), family=sm.families.Binomial()).fit(tol=1e-14, maxiter=100)
large = sm.GLM(y, np.ones(n), offset=eta, family=sm.families.Binomial()).fit(tol=1e-14, maxiter=100)
line_w = sm.GLM(y[twice], sm.add_constant(eta[twice]), family=sm.families.Binomial()).fit(tol=1e-14, maxiter=100)

fpr, tpr, _ = metrics.roc_curve(y, eta, drop_intermediate=False)


def emp(y, s, alpha, beta, clv, d, f):
    """Verbraken, Verbeke & Baesens (2013) straight from the definition: the integral over gamma of the
    best profit over all cuts, times the density of Beta(alpha, beta)."""
    fpr, tpr, _ = metrics.roc_curve(y, s, drop_intermediate=False)
    pi0, pi1, delta, phi = y.mean(), 1 - y.mean(), d / clv, f / clv
    slope = clv * (1 - delta) * pi0 * tpr
    const = -clv * phi * pi0 * tpr - clv * (delta + phi) * pi1 * fpr
    fraction = pi0 * tpr + pi1 * fpr
    # The best profit is a maximum of lines in gamma: walk from line to line, integrate between the crossings.
    gamma, cut, total, share = 0.0, int(np.argmax(const)), 0.0, 0.0
    while gamma < 1:
        steeper = [j for j in range(len(slope)) if slope[j] > slope[cut] + 1e-15]
        crossing = [((const[cut] - const[j]) / (slope[j] - slope[cut]), -slope[j], j) for j in steeper]
        end, _, following = min(crossing) if crossing else (1.0, 0, cut)
        end = min(1.0, max(gamma, end))
        total += integrate.quad(lambda g: (slope[cut] * g + const[cut]) * stats.beta.pdf(g, alpha, beta), gamma, end, epsabs=1e-13, epsrel=1e-12)[0]
        share += fraction[cut] * (stats.beta.cdf(end, alpha, beta) - stats.beta.cdf(gamma, alpha, beta))
        gamma, cut = end, following
    return dict(emp=total, fraction=share)


def koopman(x1, n1, x2, n2):
    """Koopman (1984) from the definition: ratios that the score test keeps, the constrained likelihood
    maximised numerically. statsmodels stops at 1.25 for 20/20 against 60/80, where its two roots meet."""
    loglik = lambda p, t: stats.binom.logpmf(x1, n1, min(t * p, 1)) + stats.binom.logpmf(x2, n2, p)
    def excess(t):
        p = optimize.minimize_scalar(lambda p: -loglik(p, t), bounds=(1e-12, min(1, 1 / t)), method="bounded", options=dict(xatol=1e-13)).x
        var = t * p * (1 - t * p) / n1 + t * t * p * (1 - p) / n2
        return (x1 / n1 - t * x2 / n2) ** 2 / var - stats.norm.ppf(.975) ** 2
    r = (x1 / n1) / (x2 / n2)
    return optimize.brentq(excess, r / 20, r * .999999), optimize.brentq(excess, r * 1.000001, r * 20)


ratio = koopman(20, 20, 60, 80)
ratio2 = confint_proportions_2indep(7, 34, 19, 41, compare="ratio", method="score", correction=False)
strata = [(20, 25, 40, 60), (8, 30, 5, 40), (11, 12, 30, 44)]
# Mantel-Haenszel risk ratio with Greenland & Robins' (1985) variance, from the definition
R = sum(a * k / (m + k) for a, m, b, k in strata); S = sum(b * m / (m + k) for a, m, b, k in strata)
P = sum((m * k * (a + b) - a * b * (m + k)) / (m + k) ** 2 for a, m, b, k in strata)
mh = R / S; mh_se = np.sqrt(P / (R * S))

x0 = rng.normal(0, 1, 150); x1 = rng.normal(0.4, 1.3, 90)
table = np.array([[30, 14, 6], [12, 25, 13]])
chi2 = stats.chi2_contingency(table, correction=False)[0]
expected, actual = np.array([.1, .2, .4, .3]), np.array([.15, .25, .35, .25])

iso = IsotonicRegression(out_of_bounds="clip").fit(eta, y)
iso_w = IsotonicRegression(out_of_bounds="clip").fit(eta, y, sample_weight=w)
grid = np.linspace(-4, 3, 29)

precision_at = lambda t: dict(
    precision=metrics.precision_score(y, eta >= t), recall=metrics.recall_score(y, eta >= t),
    f1=metrics.f1_score(y, eta >= t), mcc=metrics.matthews_corrcoef(y, eta >= t))

json.dump(dict(
    tools={m.__name__: m.__version__ for m in (np, scipy, sklearn, statsmodels)},
    outcomes=y.tolist(), linear_predictors=eta.tolist(), second=eta2.tolist(), weights=w.tolist(),
    auc=metrics.roc_auc_score(y, eta), auc_se=float(np.sqrt(cov[0, 0])),
    auc_second=metrics.roc_auc_score(y, eta2), difference_se=float(diff_se),
    difference_p=float(2 * stats.norm.sf(abs(theta[0] - theta[1]) / diff_se)),
    weighted_auc=metrics.roc_auc_score(y, eta, sample_weight=w), weighted_auc_se=float(np.sqrt(cov_w[0, 0])),
    average_precision=metrics.average_precision_score(y, eta),
    weighted_average_precision=metrics.average_precision_score(y, eta, sample_weight=w),
    log_loss=metrics.log_loss(y, p), weighted_log_loss=metrics.log_loss(y, p, sample_weight=w),
    brier=metrics.brier_score_loss(y, p), weighted_brier=metrics.brier_score_loss(y, p, sample_weight=w),
    ks=float(np.max(tpr - fpr)), roc=dict(fpr=fpr.tolist(), tpr=tpr.tolist()),
    calibration=dict(intercept=line.params[0], slope=line.params[1], intercept_se=line.bse[0], slope_se=line.bse[1],
                     large=large.params[0], large_se=large.bse[0],
                     weighted_intercept=line_w.params[0], weighted_slope=line_w.params[1]),
    at_minus_1=precision_at(-1.0),
    emp_default=emp(y, eta, 6, 14, 200, 10, 1), emp_dear=emp(y, eta, 2, 3, 900, 60, 25),
    emp_second=emp(y, eta2, 6, 14, 200, 10, 1),
    wilson=[dict(k=k, n=m, low=proportion_confint(k, m, method="wilson")[0], high=proportion_confint(k, m, method="wilson")[1])
            for k, m in [(0, 5), (3, 10), (4, 5), (20, 20), (60, 80), (1, 1000)]],
    ratio=dict(low=ratio[0], high=ratio[1]), ratio2=dict(low=ratio2[0], high=ratio2[1]),
    mantel_haenszel=dict(strata=strata, ratio=mh, low=mh * np.exp(-stats.norm.ppf(.975) * mh_se), high=mh * np.exp(stats.norm.ppf(.975) * mh_se)),
    cohen=dict(a=x0.tolist(), b=x1.tolist(),
               d=float((x1.mean() - x0.mean()) / np.sqrt((149 * x0.var(ddof=1) + 89 * x1.var(ddof=1)) / 238))),
    cramer=dict(table=table.tolist(), v=float(np.sqrt(chi2 / table.sum() / 1))),
    psi=dict(expected=expected.tolist(), actual=actual.tolist(), value=float(((actual - expected) * np.log(actual / expected)).sum())),
    incomplete_beta=[dict(x=x, a=a, b=b, value=float(scipy.special.betainc(a, b, x)))
                     for x in (0.0, 1e-6, .05, .3, .5, .9, .9999, 1.0) for a, b in ((6, 14), (.5, .5), (7, 14), (200, 3), (1, 1))],
    isotonic=dict(grid=grid.tolist(), values=iso.predict(grid).tolist(), weighted=iso_w.predict(grid).tolist()),
), sys.stdout, indent=1)
