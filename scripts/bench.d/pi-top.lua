n = tonumber(arg[1])
seed, inside = 1, 0
for _ = 1, n do
  seed = seed * 16807 % 2147483647
  x = seed / 2147483647
  seed = seed * 16807 % 2147483647
  y = seed / 2147483647
  if x * x + y * y <= 1 then inside = inside + 1 end
end
print(4 * inside / n)
