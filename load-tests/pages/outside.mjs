// What happens outside the browser: mails that reach a person, what others do by the API, how the payment provider behaves, and
// persons nobody has met before.
const { BASE, SANDBOX } = process.env
const DEADLINE_MS = 15_000

/** The newest mail to this address for which `wanted` gives something. */
export async function mail(address, wanted) {
  for (const begin = Date.now(); Date.now() - begin < DEADLINE_MS; ) {
    const { items } = await (await fetch(`${SANDBOX}/mails?to=${encodeURIComponent(address)}`)).json()
    const found = items.map(wanted).find(Boolean)
    if (found) return found
    await new Promise((later) => setTimeout(later, 100))
  }
  throw new Error(`no such mail to ${address} within ${DEADLINE_MS / 1000} s`)
}

/** The code that confirms an address. */
export const code = (address) => mail(address, ({ text }) => text.match(/\b[0-9]{6}\b/)?.[0])

/** How the payment provider behaves from now on: `{}` is well. */
export const provider = (vnpay) => fetch(`${SANDBOX}/behaviour`, { method: 'PUT', body: JSON.stringify({ vnpay }) })

/** Somebody who calls the API: gives what an answer says. */
export async function caller({ email, password }) {
  const ask = async (token, method, path, body, type = 'application/json', more = {}) => {
    const headers = { 'Content-Type': type, 'Idempotency-Key': crypto.randomUUID(), ...more }
    if (token) headers.Authorization = `Bearer ${token}`
    const answer = await fetch(`${BASE}/api/v1${path}`, { method, headers, body: type === 'application/json' ? JSON.stringify(body) : body })
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`)
    return answer.json()
  }
  const { access_token } = await ask(null, 'POST', '/sessions', { email, password })
  return (...call) => ask(access_token, ...call)
}

let met = Date.now()

/** Somebody new, who was born on 8 March 1992. */
export function newcomer() {
  met += 1
  const digits = String(met % 1e6).padStart(6, '0')
  return {
    name: 'Trần Thị Lan',
    email: `lan-${met}@example.vn`,
    phone: `0912${digits}`,
    citizen_number: `000192${digits}`,
    password: 'mot-cua-la-mot-cua',
  }
}

const PASSWORD = 'motcua-demo-2026'
export const RECEIVER = { email: 'tiepnhan@h44-100.example.vn', password: PASSWORD }
export const OF_SEVERAL_CAPACITIES = { email: 'dung@example.vn', password: PASSWORD }
export const LEADER = { email: 'lanhdao@h44-100.example.vn', password: PASSWORD }
export const CASHIER = { email: 'thungan@h44-100.example.vn', password: PASSWORD }
export const ADMINISTRATOR = { email: 'quantri@h44-100.example.vn', password: PASSWORD }
export const AUDITOR = { email: 'giamsat@h44-100.example.vn', password: PASSWORD }
export const ANSWERING = { name: 'Đỗ Văn Lý', email: 'xuly@h44-101.example.vn', password: PASSWORD }
export const COMMUNE_LEADER = { name: 'Cao Thị Ký', email: 'lanhdao@h44-101.example.vn', password: PASSWORD }
export const PROCESSOR = { name: 'Lê Văn Xử', email: 'xuly@h44-100.example.vn', password: PASSWORD }
export const SECOND_PROCESSOR = { name: 'Trịnh Văn Giải', email: 'xuly2@h44-100.example.vn', password: PASSWORD }
export const CONTROLLER = { email: 'kiemsoat@h44.example.vn', password: PASSWORD }
export const SECOND_CONTROLLER = { email: 'kiemsoat2@h44.example.vn', password: PASSWORD }

/** The officials of the agency receive the dossier, add its result and complete it. */
export async function answered(dossier) {
  const receiver = await caller(RECEIVER)
  const processor = await caller(PROCESSOR)
  await receiver('POST', `/dossiers/${dossier}/receipt`, {})
  await processor('POST', `/dossiers/${dossier}/results?file_name=trich-luc.pdf`, PDF.buffer, PDF.mimeType)
  await processor('POST', `/dossiers/${dossier}/completion`, {})
}

/** The smallest paper that is one. */
export const PDF = {
  name: 'uy-quyen.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'),
}

/** More than any upload may have. */
export const TOO_LARGE = { ...PDF, name: 'ban-quet.pdf', buffer: Buffer.concat([PDF.buffer, Buffer.alloc(21 * 1024 * 1024, ' ')]) }

/** A picture; where a page shows one, the browser's viewer of PDF files is not in the way of who looks at the page. */
export const PICTURE = {
  name: 'giay-chung-sinh.png',
  mimeType: 'image/png',
  buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'),
}
