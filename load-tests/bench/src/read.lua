-- Reads one address over and over.
function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\nRESULT {"answers": %d, "micros": %d, "status": %d, "socket": %d, "refused": 0, "told": 0, "others": 0, "p50": %d, "p99": %d, "next": 0}\n',
    summary.requests, summary.duration, errors.status, errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
