// The walk of one dossier, from registering to the result in hand: RATE new walks a second for DURATION seconds, whether or
// not those before have ended. Three walks in four take a detour on the way: a paper is asked for, the work stops for a while,
// another agency is consulted.
import { check, sleep } from 'k6'
import exec from 'k6/execution'
import http from 'k6/http'
import { Trend } from 'k6/metrics'

const { BASE, SANDBOX, SUMMARY } = __ENV
const RATE = Number(__ENV.RATE)
const DURATION = Number(__ENV.DURATION)

const AGENCY = 'H44.100'
const RECEIVER = 'tiepnhan@h44-100.example.vn'
const PROCESSOR = 'xuly@h44-100.example.vn'
const OTHER_AGENCY = 'H44.101'
const CONSULTED = 'xuly@h44-101.example.vn'
const PDF =
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'

const DEADLINE_MS = 15_000
const POLL_SECONDS = 0.05
// An access token lives ten minutes.
const TOKEN_USE_MS = 8 * 60_000
// A walk may take this long before one too few walkers is ready and a walk is dropped.
const WALKERS = RATE * 20
// The sandbox keeps this many mails.
const SHELF = 10_000

// In the order of the walk. "until" is from the first look until it is so, the rest is one request each.
const STEPS = [
  'register', 'until the code is mailed', 'confirm', 'sign in', 'find the procedure', 'open a draft', 'save the answers',
  'upload a paper', 'file', 'file again', 'until the order is there', 'start an attempt', 'pay at the provider', 'return',
  'until paid', 'until the receiver sees it', 'receive', 'ask for a paper', 'upload what was asked for', 'send it in', 'stop', 'resume',
  'consult another agency', 'give an opinion', 'upload the result', 'complete', 'download the result', 'track',
  'until all is mailed',
]
const WALK = 'the whole walk'
const ALERT = 'from paid to official alerted'

const step = new Trend('step', true)

const REQUESTS = 'http_reqs{scenario:journey}'

const tagged = [REQUESTS, ...[...STEPS, WALK, ALERT].map((name) => `step{step:${name}}`)]
export const options = {
  scenarios: {
    journey: {
      executor: 'constant-arrival-rate',
      rate: RATE,
      duration: `${DURATION}s`,
      preAllocatedVUs: WALKERS,
      gracefulStop: '2m',
    },
  },
  thresholds: {
    checks: ['rate==1'],
    dropped_iterations: ['count==0'],
    http_req_failed: ['rate==0'],
    // No condition: naming them is what makes k6 keep each step's numbers apart.
    ...Object.fromEntries(tagged.map((metric) => [metric, []])),
  },
  // Each walk is somebody else's, on connections of its own.
  noVUConnectionReuse: true,
  summaryTrendStats: ['count', 'med', 'p(95)', 'p(99)', 'max'],
}

// Whatever is not as promised ends the walk: what follows would only fail for the same reason.
function judge(name, kept, why) {
  check(null, { [name]: () => kept }, { step: name })
  if (!kept) throw new Error(`${name}: ${why}`)
}

// An ordinary installation lets one address register only so often: told to come back later, one does.
const EXPECTED = http.expectedStatuses({ min: 200, max: 399 }, 429)

function ask(name, method, url, body, { headers, ...params } = {}) {
  const usual = { 'Content-Type': 'application/json', 'Accept-Language': 'en' }
  for (;;) {
    const request = { responseCallback: EXPECTED, ...params, headers: { ...usual, ...headers }, tags: { name } }
    const answer = http.request(method, url, body, request)
    if (answer.status !== 429) return answer
    sleep(Number(answer.headers['Retry-After']))
  }
}

function request(name, wanted, method, url, body, params) {
  const answer = ask(name, method, url, body, params)
  step.add(answer.timings.duration, { step: name })
  judge(name, answer.status === wanted, `${answer.status} ${answer.error || answer.body}`)
  return answer
}

function until(name, look) {
  for (const begin = Date.now(); ;) {
    const seen = look()
    const took = Date.now() - begin
    if (seen) {
      step.add(took, { step: name })
      judge(name, true)
      return seen
    }
    if (took > DEADLINE_MS) judge(name, false, `not within ${DEADLINE_MS / 1000} s`)
    sleep(POLL_SECONDS)
  }
}

const by = (token, headers) => ({ headers: { Authorization: `Bearer ${token}`, ...headers } })
const once = (token, key, headers) => by(token, { 'Idempotency-Key': key, ...headers })
const mailsTo = (name, address) => ask(name, 'GET', `${SANDBOX}/mails?to=${address}`, null).json('items')

function signIn(name, email, password) {
  const answer = request(name, 201, 'POST', `${BASE}/api/v1/sessions`, JSON.stringify({ email, password }))
  return answer.json('access_token')
}

function signInOfficials() {
  const emails = [RECEIVER, PROCESSOR, CONSULTED]
  const [receiver, processor, consulted] = emails.map((email) => signIn('officials sign in', email, 'motcua-demo-2026'))
  return { receiver, processor, consulted, since: Date.now() }
}

export function setup() {
  return { start: Date.now(), officials: signInOfficials() }
}

let officials

// Walkers share nothing, so each signs the officials in anew for itself; not all at once, which would be a load of its own.
function officialsOf(run) {
  officials = officials || run.officials
  const early = (TOKEN_USE_MS / 2) * (exec.vu.idInTest / WALKERS)
  if (Date.now() - officials.since > TOKEN_USE_MS - early) officials = signInOfficials()
  return officials
}

// Somebody whom neither this run nor one shortly before has seen.
function newcomer(run) {
  const nth = exec.scenario.iterationInTest
  const serial = Math.floor(run.start / 10) + nth
  const year = 50 + (Math.floor(serial / 1e6) % 50)
  const digits = String(serial % 1e6).padStart(6, '0')
  return {
    email: `lan-${run.start}-${nth}@example.vn`,
    phone: `0912${digits}`,
    birth_date: `19${year}-03-08`,
    citizen_number: `0001${year}${digits}`,
    name: 'Trần Thị Lan',
    gender: 'FEMALE',
    password: 'mot-cua-la-mot-cua',
  }
}

function register(person) {
  const begun = request('register', 202, 'POST', `${BASE}/api/v1/registrations`, JSON.stringify(person), {
    headers: { 'Idempotency-Key': `register-${person.email}` },
  })
  const code = until('until the code is mailed', () => {
    const [mail] = mailsTo('until the code is mailed', person.email)
    return mail && mail.text.match(/\b[0-9]{6}\b/)[0]
  })
  const confirmation = `${BASE}/api/v1/registrations/${begun.json('registration_id')}/confirmation`
  request('confirm', 201, 'POST', confirmation, JSON.stringify({ code }), {
    headers: { 'Idempotency-Key': `confirm-${person.email}` },
  })
  return signIn('sign in', person.email, person.password)
}

function answers(person) {
  return JSON.stringify({
    person_name: person.name, person_birth_date: person.birth_date, event: 'BIRTH', event_date: person.birth_date,
    event_place: 'Phường Demo, tỉnh Phú Thọ', copies: 2, purpose: 'WORK',
    applicant_name: person.name, applicant_citizen_number: person.citizen_number, truthful: true,
  })
}

function file(person, token) {
  const found = request('find the procedure', 200, 'GET', `${BASE}/api/v1/procedures?q=trich+luc`, null)
  const wish = JSON.stringify({ procedure: found.json('items.0.code'), agency: AGENCY })
  const draft = request('open a draft', 201, 'POST', `${BASE}/api/v1/dossiers`, wish, once(token, 'open'))
  const dossier = `${BASE}/api/v1/dossiers/${draft.json('id')}`
  const version = by(token, { 'If-Match': draft.headers.Etag })
  request('save the answers', 200, 'PUT', `${dossier}/answers`, answers(person), version)
  const paper = `${dossier}/documents?component=GIAY_TO_KHAC&file_name=uy-quyen.pdf`
  request('upload a paper', 201, 'POST', paper, PDF, once(token, 'paper', { 'Content-Type': 'application/pdf' }))
  const filed = request('file', 201, 'POST', `${dossier}/submission`, null, once(token, 'file'))
  const again = request('file again', 201, 'POST', `${dossier}/submission`, null, once(token, 'file'))
  judge('the same key gives the same answer', again.body === filed.body, `${filed.body} and then ${again.body}`)
  return { id: draft.json('id'), url: dossier, ...filed.json() }
}

function pay(dossier, token) {
  const url = `${BASE}/api/v1/payment-orders/${dossier.fee.order_id}`
  // The order reaches payments as an event, a moment later.
  const maybe = { ...by(token), responseCallback: http.expectedStatuses(200, 404) }
  const look = (name) => ask(name, 'GET', url, null, maybe)
  until('until the order is there', () => look('until the order is there').status === 200)
  const wish = JSON.stringify({ provider: 'VNPAY' })
  const attempt = request('start an attempt', 201, 'POST', `${url}/attempts`, wish, once(token, 'pay'))
  const [, fields] = attempt.json('pay_url').split('?')
  const paid = request('pay at the provider', 302, 'POST', `${SANDBOX}/paymentv2/pay`, `${fields}&choice=pay`, {
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    redirects: 0,
  })
  const page = request('return', 200, 'GET', paid.headers.Location, null)
  judge('the page on return knows the dossier', page.body.includes(dossier.code), page.body)
  until('until paid', () => look('until paid').json('status') === 'PAID')
}

// A long queue has pages.
function isWaiting(dossier, token) {
  const url = `${BASE}/api/v1/agencies/${AGENCY}/dossiers?status=REGISTERED&page_size=100`
  for (let next = ''; next !== null;) {
    const page = ask('until the receiver sees it', 'GET', next ? `${url}&cursor=${next}` : url, null, by(token))
    if (page.status === 200 && page.json('items').some((item) => item.id === dossier.id)) return true
    next = page.status === 200 ? page.json('next') || null : null
  }
  return false
}

// One request about a dossier, after which it has a status.
function act(name, dossier, token, what, body, status) {
  const done = request(name, 200, 'POST', `${dossier.url}/${what}`, JSON.stringify(body), once(token, `${what}-${dossier.id}`))
  if (status) judge(`${name}: ${status}`, done.json('status') === status, done.body)
  return done
}

function supplement(dossier, { processor }, token) {
  const paper = { component: 'GIAY_TO_KHAC', reason: 'Ảnh mờ.', guidance: 'Chụp lại cả tờ.' }
  act('ask for a paper', dossier, processor, 'supplement-request', { papers: [paper] }, 'SUPPLEMENT_REQUESTED')
  const url = `${dossier.url}/documents?component=GIAY_TO_KHAC&file_name=chup-lai.pdf`
  const pdf = once(token, 'paper-again', { 'Content-Type': 'application/pdf' })
  request('upload what was asked for', 201, 'POST', url, PDF, pdf)
  act('send it in', dossier, token, 'supplement', {}, 'PROCESSING')
  return [`Hồ sơ ${dossier.code} cần bổ sung giấy tờ`, `Đã nhận giấy tờ bổ sung của hồ sơ ${dossier.code}`]
}

function standStill(dossier, { processor }) {
  act('stop', dossier, processor, 'suspension', { reason: 'Chờ kết luận giám định.' }, 'STOPPED')
  act('resume', dossier, processor, 'resumption', { note: 'Đã có kết luận giám định.' }, 'PROCESSING')
  return [`Hồ sơ ${dossier.code} dừng giải quyết`, `Hồ sơ ${dossier.code} được tiếp tục giải quyết`]
}

function consult(dossier, { processor, consulted }) {
  const question = { agency: OTHER_AGENCY, question: 'Đề nghị xác minh nơi cư trú trước đây.', shows: 'QUESTION' }
  const asked = act('consult another agency', dossier, processor, 'consultations', question)
  const { number } = asked.json('requests').pop()
  const opinion = { answer: 'Đã cư trú tại xã từ năm 2015.' }
  act('give an opinion', dossier, consulted, `consultations/${number}/answer`, opinion)
  return []
}

// Gives the subjects of the mails that the applicant gets for it.
const DETOURS = [() => [], supplement, standStill, consult]
const detour = () => DETOURS[exec.scenario.iterationInTest % DETOURS.length]

function answer(dossier, officials, token) {
  const { receiver, processor } = officials
  until('until the receiver sees it', () => isWaiting(dossier, receiver))
  const key = (what) => `${what}-${dossier.id}`
  act('receive', dossier, receiver, 'receipt', {}, 'RECEIVED')
  const mailed = detour()(dossier, officials, token)
  const pdf = once(processor, key('result'), { 'Content-Type': 'application/pdf' })
  const result = request('upload the result', 201, 'POST', `${dossier.url}/results?file_name=trich-luc.pdf`, PDF, pdf)
  act('complete', dossier, processor, 'completion', {}, 'COMPLETED')
  return { result: result.json('id'), mailed }
}

function follow(dossier, result, token) {
  const download = request('download the result', 200, 'GET', `${dossier.url}/results/${result}`, null, by(token))
  judge('the result is what was uploaded', download.body === PDF, download.body)
  const question = JSON.stringify({ code: dossier.code, secret: dossier.tracking_secret })
  const tracked = request('track', 200, 'POST', `${BASE}/api/v1/tracking`, question)
  judge('who tracks it sees it completed', tracked.json('status.status') === 'COMPLETED', tracked.body)
}

function readMails(person, code, mailed) {
  const expected = [
    'Mã xác nhận địa chỉ thư điện tử của ông/bà',
    `Đã nhận đơn: hồ sơ ${code}`,
    `Đã nhận phí: hồ sơ ${code}`,
    `Hồ sơ ${code}: đã có biên lai`,
    `Hồ sơ ${code} đã được tiếp nhận`,
    ...mailed,
    `Hồ sơ ${code} đã có kết quả`,
  ]
  const mails = until('until all is mailed', () => {
    const arrived = mailsTo('until all is mailed', person.email)
    return expected.every((subject) => arrived.some((mail) => mail.subject === subject)) && arrived
  })
  const subjects = mails.map((mail) => mail.subject)
  const alone = mails.length === expected.length && mails.every((mail) => mail.copies === 1)
  judge('every kind of mail came once', alone, subjects.join(', '))
  const told = mails.slice(0, -1).every((mail) => mail.text.includes(code))
  judge('every mail about the dossier has its code', told, subjects.join(', '))
}

export default function (run) {
  const begin = Date.now()
  const person = newcomer(run)
  let done = false
  try {
    const token = register(person)
    const dossier = file(person, token)
    pay(dossier, token)
    const { result, mailed } = answer(dossier, officialsOf(run), token)
    follow(dossier, result, token)
    readMails(person, dossier.code, mailed)
    step.add(Date.now() - begin, { step: WALK })
    done = true
  } catch (why) {
    console.error(`${person.email}: ${why.message}`)
  }
  check(null, { [WALK]: () => done })
}

// Both times are the sandbox's own, so that asking does not blur them and nothing has to be asked during the walks.
export function teardown(run) {
  const taken = ask('payments', 'GET', `${SANDBOX}/payments`, null).json('items')
  const paid = taken.map((payment) => [payment.order_info.split(' ').pop(), Date.parse(payment.recorded_at)])
  const payments = new Map(paid.filter(([, at]) => at >= run.start))
  let alerts
  until('until all is alerted', () => {
    const mails = mailsTo('until all is alerted', RECEIVER).filter((mail) => Date.parse(mail.received_at) >= run.start)
    const waiting = mails.filter((mail) => mail.subject.includes('chờ tiếp nhận'))
    alerts = waiting.map(({ subject, ...mail }) => ({ ...mail, code: subject.split(' ')[2] }))
    return alerts.some((mail) => mail.id > SHELF) || new Set(alerts.map((mail) => mail.code)).size >= payments.size
  })
  const known = alerts.filter((mail) => payments.has(mail.code))
  for (const mail of known) step.add(Date.parse(mail.received_at) - payments.get(mail.code), { step: ALERT })
  // Of more mails than the sandbox keeps, the first are gone.
  if (alerts.some((mail) => mail.id > SHELF)) return
  judge('the receiver was alerted once of every paid dossier', known.length === payments.size, `${known.length} of ${payments.size}`)
}

function digest({ metrics, root_group, state }) {
  const checks = root_group.checks.concat(...root_group.groups.map((group) => group.checks))
  const { passes: done, fails: broken } = checks.find((one) => one.name === WALK) || { passes: 0, fails: 0 }
  const seconds = state.testRunDurationMs / 1000
  const count = (name) => (metrics[name] ? metrics[name].values.count : 0)
  return {
    rate: RATE,
    duration_s: DURATION,
    walks: { done, broken, dropped: count('dropped_iterations'), per_second: done / seconds },
    run_s: seconds,
    requests_per_walk: count(REQUESTS) / (done + broken || 1),
    steps: [...STEPS, WALK, ALERT].map((name) => {
      const { count, med, 'p(95)': p95, 'p(99)': p99, max } = metrics[`step{step:${name}}`].values
      return { name, count, p50_ms: med, p95_ms: p95, p99_ms: p99, max_ms: max }
    }),
    failed: checks.filter((one) => one.fails > 0).map(({ name, passes, fails }) => ({ name, fails, of: passes + fails })),
  }
}

function table({ walks, steps, failed, ...run }) {
  const row = (name, ...cells) => name.padEnd(34) + cells.map((cell) => String(cell).padStart(9)).join('')
  const ms = (value) => value.toFixed(value < 100 ? 1 : 0)
  const lines = [
    `${run.rate} walks a second for ${run.duration_s} s: ${walks.done} done, ${walks.broken} broken, ${walks.dropped} dropped; ` +
      `${walks.per_second.toFixed(2)} a second over the ${run.run_s.toFixed(1)} s until the last had ended; ` +
      `${run.requests_per_walk.toFixed(1)} requests a walk`,
    '',
    row('milliseconds', 'p50', 'p95', 'p99', 'max', 'times', 'failed'),
    ...steps.map(({ name, count, p50_ms, p95_ms, p99_ms, max_ms }) => {
      const failure = failed.find((one) => one.name === name)
      const times = [p50_ms, p95_ms, p99_ms, max_ms].map((value) => (count > 0 ? ms(value) : '-'))
      return row(name, ...times, count, failure ? failure.fails : 0)
    }),
    '',
    ...failed.map(({ name, fails, of }) => `FAILED ${fails} of ${of}: ${name}`),
  ]
  return lines.join('\n') + '\n'
}

export function handleSummary(data) {
  const result = digest(data)
  const json = SUMMARY ? { [SUMMARY]: JSON.stringify(result, null, 2) + '\n' } : {}
  return { stdout: table(result), ...json }
}
