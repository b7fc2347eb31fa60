-- Pays orders, request number n the order n: "notify" as their provider says that they are paid, "take" in cash at a counter.
-- Arguments: which of the two; the number of the first order; the file of the provider's words, of which the first is about that order, or
-- of the cashiers' tokens; for "take" also the prefixes of orders and shifts. Anything but what acknowledges the payment is counted.
local threads = {}

function setup(thread)
  thread:set("place", #threads)
  table.insert(threads, thread)
end

function init(arguments)
  how, orders, shifts, lines = arguments[1], arguments[4], arguments[5], {}
  for line in io.lines(arguments[3]) do
    table.insert(lines, line)
  end
  -- Two threads: one pays the even numbers, the other the odd ones.
  first = tonumber(arguments[2])
  number, refused = first + place, 0
end

local function notify()
  local words = lines[number - first + 1]
  return "GET /api/v1/payments/vnpay/notification?" .. words .. " HTTP/1.1\r\nHost: bench\r\n\r\n"
end

local function take()
  local hex, cashier = string.format("%012x", number), number % #lines
  local body = '{"order_id":"' .. orders .. hex .. '","way":"CASH","received":{"amount":50000,"currency":"VND"}}'
  return "POST /api/v1/shifts/" .. shifts .. string.format("%012x", cashier) .. "/takings HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer "
    .. lines[cashier + 1] .. "\r\nIdempotency-Key: " .. orders .. hex .. "\r\nContent-Type: application/json\r\nContent-Length: " .. #body
    .. "\r\n\r\n" .. body
end

function request()
  local asked = how == "notify" and notify() or take()
  number = number + 2
  return asked
end

function response(status, headers, body)
  local paid = how == "notify" and status == 200 and body:find('"RspCode":"00"', 1, true) or how == "take" and status == 201
  if not paid then refused = refused + 1 end
end

function done(summary, latency)
  local refused = 0
  for _, thread in ipairs(threads) do
    refused = refused + thread:get("refused")
  end
  local errors = summary.errors
  io.write(string.format(
    '\nRESULT {"answers": %d, "micros": %d, "status": %d, "socket": %d, "others": %d, "p50": %d, "p99": %d}\n',
    summary.requests, summary.duration, errors.status, errors.connect + errors.read + errors.write + errors.timeout,
    refused, latency:percentile(50), latency:percentile(99)))
end
