import sys

n = int(sys.argv[1])
x = 0.0
for _ in range(n):
    x -= 1e-7 * 2 * (x - 3)
print(x)
