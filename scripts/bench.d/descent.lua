local function f(n)
  local x = 0.0
  for _ = 1, n do x = x - 1e-7 * 2 * (x - 3) end
  return x
end
print(f(tonumber(arg[1])))
