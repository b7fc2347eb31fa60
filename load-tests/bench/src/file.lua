-- Files drafts, each with a key of its own: request number n files draft n by its citizen.
-- Arguments: the number of the first draft, the prefix of ids, the file of the tokens, and "heed" for connections that wait
-- for a second or more before each request, as Retry-After: 1 asks after a refusal, or "hammer" for those that wait for nothing;
-- for both, answers are counted by status.
local threads = {}

function setup(thread)
  thread:set("place", #threads)
  table.insert(threads, thread)
end

function init(arguments)
  prefix, tokens = arguments[2], {}
  for line in io.lines(arguments[3]) do
    table.insert(tokens, line)
  end
  -- Two threads: one files the even numbers, the other the odd ones.
  number = tonumber(arguments[1]) + place
  refused, told, others = 0, 0, 0
  if arguments[4] == "heed" then delay = pause end
  if arguments[4] ~= "" then response = count end
end

function request()
  local id = prefix .. string.format("%012x", number)
  local token = tokens[number % #tokens + 1]
  number = number + 2
  return "POST /api/v1/dossiers/" .. id .. "/submission HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer " .. token
    .. "\r\nIdempotency-Key: " .. id .. "\r\nContent-Length: 0\r\n\r\n"
end

function pause()
  return math.random(1000, 1500)
end

-- Answers other than 201: refusals, with Retry-After or without, and what should not be.
function count(status, headers)
  if status == 503 or status == 429 then
    refused = refused + 1
    for name in pairs(headers) do
      if name:lower() == "retry-after" then told = told + 1 end
    end
  elseif status ~= 201 then
    others = others + 1
  end
end

function done(summary, latency)
  local refused, told, others, following = 0, 0, 0, 0
  for _, thread in ipairs(threads) do
    refused = refused + thread:get("refused")
    told = told + thread:get("told")
    others = others + thread:get("others")
    following = math.max(following, thread:get("number"))
  end
  local errors = summary.errors
  io.write(string.format(
    '\nRESULT {"answers": %d, "micros": %d, "status": %d, "socket": %d, "refused": %d, "told": %d, "others": %d, "p50": %d, "p99": %d, "next": %d}\n',
    summary.requests, summary.duration, errors.status, errors.connect + errors.read + errors.write + errors.timeout,
    refused, told, others, latency:percentile(50), latency:percentile(99), following))
end
