// Filings and reads that begin at their time, whether or not those before have ended. PHASES says what, when and how many a second.
import exec from 'k6/execution'
import http from 'k6/http'
import { SharedArray } from 'k6/data'
import { Counter, Trend } from 'k6/metrics'

const { GATEWAY, TOKENS, PREFIX, SUMMARY } = __ENV
const PHASES = JSON.parse(__ENV.PHASES)
const tokens = new SharedArray('tokens', () => open(TOKENS).split('\n'))

const latency = new Trend('latency', true)
const failed = new Counter('failed')

const each = (make) => Object.fromEntries(PHASES.flatMap(make))
export const options = {
  scenarios: each(({ name, operation, rate, start, seconds }) => [
    [name, {
      executor: 'constant-arrival-rate', exec: operation, rate, duration: `${seconds}s`, startTime: `${start}s`,
      // An answer may take half a second before a request is dropped for want of somebody to send it.
      preAllocatedVUs: Math.max(10, Math.ceil(rate / 2)),
      gracefulStop: '10s',
    }],
  ]),
  // No condition: naming them is what makes k6 keep each phase's numbers apart.
  thresholds: each(({ name }) => ['latency', 'failed', 'dropped_iterations'].map((metric) => [`${metric}{scenario:${name}}`, []])),
  discardResponseBodies: true,
  // Not a series of metrics for each address, which every filing has of its own.
  systemTags: ['scenario'],
  summaryTrendStats: ['count', 'med', 'p(99)', 'max'],
}

// From the moment at which the request should have begun; a phase counts its requests from 0.
function timed(wanted, send) {
  const phase = PHASES.find(({ name }) => name === exec.scenario.name)
  const number = exec.scenario.iterationInTest
  const late = Math.max(0, exec.scenario.progress * phase.seconds * 1000 - (number * 1000) / phase.rate)
  const begin = exec.instance.currentTestRunDuration
  const answer = send(phase.first + number)
  latency.add(late + exec.instance.currentTestRunDuration - begin)
  if (answer.status === wanted) return
  failed.add(1)
  console.error(`${phase.name} ${number}: ${answer.status} ${answer.error}`)
}

const by = (number, headers) => ({ headers: { Authorization: `Bearer ${tokens[number % tokens.length]}`, ...headers } })

export function file() {
  timed(201, (number) => {
    const id = PREFIX + number.toString(16).padStart(12, '0')
    return http.post(`${GATEWAY}/api/v1/dossiers/${id}/submission`, null, by(number, { 'Idempotency-Key': id }))
  })
}

export function read() {
  timed(200, (number) => http.get(`${GATEWAY}/api/v1/dossiers`, by(number)))
}

export function handleSummary({ metrics }) {
  const values = (metric, name) => metrics[`${metric}{scenario:${name}}`]?.values ?? {}
  const seen = PHASES.map(({ name }) => {
    const { count = 0, med: p50 = 0, 'p(99)': p99 = 0 } = values('latency', name)
    const [failed, dropped] = ['failed', 'dropped_iterations'].map((metric) => values(metric, name).count ?? 0)
    return { answers: count, failed, dropped, p50, p99 }
  })
  return { [SUMMARY]: JSON.stringify(seen) }
}
