import sys

import numpy as np
from scipy.optimize import curve_fit

i = np.arange(250.0)
x = i / 25


def model(x, a, m, s, b, t):
    return a * np.exp(-((x - m) ** 2) / (2 * s * s)) + b * np.exp(-x / t)


y = model(x, 2.5, 5, 0.8, 1.5, 2.0) + 0.05 * np.sin(12.9898 * i**1.5)
for _ in range(int(sys.argv[1])):
    curve_fit(model, x, y, [1, 4, 1, 1, 1])
