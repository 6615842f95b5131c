"""Ours, at the other end of a pipe: see Sources/Runner."""

import subprocess


class Runner:
    def __init__(self, path):
        self.process = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, *words):
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().split()
        if not answer:
            raise SystemExit("Runner ended: " + " ".join(map(str, words)))
        return answer

    def load(self, path):
        self.ask("load", path)

    def fit(self, lam, threads, tolerance=1e-12):
        """Seconds, intercept, coefficients."""
        answer = self.ask("fit", lam, threads, tolerance)
        numbers = list(map(float, answer[2:]))
        return float(answer[0]), numbers[0], numbers[1:]

    def cross_validate(self, folds, threads, lambdas):
        """Seconds, mean held-out deviance of each λ."""
        answer = self.ask("cv", folds, threads, *lambdas)
        return float(answer[0]), list(map(float, answer[1:]))

    def model(self, intercept, slopes):
        self.ask("model", intercept, *slopes)

    def score(self, kind, threads, *path):
        """Seconds; the probabilities are written to a path where there is one."""
        return float(self.ask("score", kind, threads, *path)[0])

    def account(self, count):
        """Nanoseconds of one account, p50 and p99."""
        return tuple(map(float, self.ask("account", count)))

    def bandwidth(self, threads):
        """Bytes a second."""
        return float(self.ask("bandwidth", threads)[0])
