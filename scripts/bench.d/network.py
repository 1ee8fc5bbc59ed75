import sys

import numpy as np

x = np.linspace(-3, 3, 200)[:, None]
y = np.sin(x)
draw = np.random.default_rng(0).standard_normal
w1, b1 = 0.1 * draw((1, 32)), np.zeros(32)
w2, b2 = 0.1 * draw((32, 32)), np.zeros(32)
w3, b3 = 0.1 * draw((32, 1)), np.zeros(1)
for _ in range(int(sys.argv[1])):
    h1 = np.tanh(x @ w1 + b1)
    h2 = np.tanh(h1 @ w2 + b2)
    d3 = (h2 @ w3 + b3 - y) * (2 / 200)
    d2 = (d3 @ w3.T) * (1 - h2 * h2)
    d1 = (d2 @ w2.T) * (1 - h1 * h1)
    w3 -= 0.01 * (h2.T @ d3)
    b3 -= 0.01 * d3.sum(axis=0)
    w2 -= 0.01 * (h1.T @ d2)
    b2 -= 0.01 * d2.sum(axis=0)
    w1 -= 0.01 * (x.T @ d1)
    b1 -= 0.01 * d1.sum(axis=0)
