import sys

def f(n):
    x = 0.0
    for _ in range(n):
        x -= 1e-7 * 2 * (x - 3)
    return x

print(f(int(sys.argv[1])))
