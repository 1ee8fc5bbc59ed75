local function estimate(n)
  local seed, inside = 1, 0
  for _ = 1, n do
    seed = seed * 16807 % 2147483647
    local x = seed / 2147483647
    seed = seed * 16807 % 2147483647
    local y = seed / 2147483647
    if x * x + y * y <= 1 then inside = inside + 1 end
  end
  return 4 * inside / n
end
print(estimate(tonumber(arg[1])))
