import sys

import pandas

for _ in range(int(sys.argv[1])):
    t = pandas.read_csv(sys.argv[2])
