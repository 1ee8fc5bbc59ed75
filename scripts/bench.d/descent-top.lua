n = tonumber(arg[1])
x = 0.0
for _ = 1, n do x = x - 1e-7 * 2 * (x - 3) end
print(x)
