-- Reads, and tells what came of it. One address over and over, unless a script follows that says what to ask for.
function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\nRESULT {"answers": %d, "micros": %d, "status": %d, "socket": %d, "p50": %d, "p99": %d}\n',
    summary.requests, summary.duration, errors.status, errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
