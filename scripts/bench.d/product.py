import sys

import numpy as np

size = int(sys.argv[2])
kind = {"f64": np.float64, "f32": np.float32}[sys.argv[3]]
a = np.random.default_rng(1).random((size, size)).astype(kind)
b = np.random.default_rng(2).random((size, size)).astype(kind)
for _ in range(int(sys.argv[1])):
    c = a @ b
