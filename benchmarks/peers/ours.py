"""Ours, at the other end of a pipe: see Sources/FitRunner."""

import subprocess


class FitRunner:
    def __init__(self, path):
        self.process = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, *words):
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().split()
        if not answer:
            raise SystemExit("FitRunner ended: " + " ".join(map(str, words)))
        return answer

    def load(self, path):
        self.ask("load", path)

    def fit(self, lam, threads):
        """Seconds, intercept, coefficients."""
        answer = self.ask("fit", lam, threads)
        numbers = list(map(float, answer[2:]))
        return float(answer[0]), numbers[0], numbers[1:]

    def cross_validate(self, folds, threads, lambdas):
        """Seconds, mean held-out deviance of each λ."""
        answer = self.ask("cv", folds, threads, *lambdas)
        return float(answer[0]), list(map(float, answer[1:]))
