// What must never happen in any page's life: another origin asked, an error on the console, a server error, a head that protects
// nobody.
const { BASE, SANDBOX } = process.env

// The payment provider's page is the one place outside that a journey goes to, by a redirect a person follows.
const PROVIDER = `${SANDBOX}/paymentv2/`

/** Everything that went wrong in this context, as sentences; it grows while the pages live. */
export function watch(context) {
  const faults = []
  context.on('request', (request) => {
    const url = request.url()
    if (url.startsWith(`${BASE}/`) || url.startsWith(PROVIDER) || url === 'about:blank') return
    // The browser's own viewer of PDF files.
    if (/^chrome(-extension)?:/.test(url)) return
    // A provider's page loads what it likes.
    if (request.frame().url().startsWith(PROVIDER)) return
    faults.push(`${request.frame().url()} asked ${url}`)
  })
  context.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} from ${response.url()}`)
    if (response.url().startsWith(`${BASE}/`)) faults.push(...heads(response).map((fault) => `${response.url()} ${fault}`))
  })
  context.on('console', (message) => {
    // What a provider's page says is its own.
    if (message.page()?.url().startsWith(PROVIDER)) return
    const text = message.text()
    // A page may be an error page: which ones, the journeys say. A form that script sends may be refused (422).
    const ours = message.location().url === message.page()?.url() || text.includes('status of 422')
    const status = ours && text.startsWith('Failed to load resource')
    if (message.type() === 'error' && !status) faults.push(`${message.page()?.url()} said: ${text}`)
  })
  context.on('weberror', (error) => faults.push(`${error.page()?.url()} threw: ${error.error().message}`))
  return faults
}

/** What the heads of an answer lack. */
function heads(response) {
  const said = response.headers()
  const faults = []
  if (new URL(response.url()).pathname.startsWith('/assets/')) {
    if (!said['cache-control']?.includes('immutable')) faults.push('is asked for again on every page')
    return faults
  }
  if (!response.request().isNavigationRequest() || !said['content-type']?.startsWith('text/html')) return faults
  const policy = said['content-security-policy'] ?? ''
  if (!policy.includes("default-src 'self'") || policy.includes('unsafe') || !policy.includes("frame-ancestors 'none'")) faults.push(`has the policy "${policy}"`)
  if (!said['cache-control']?.includes('no-store')) faults.push('may be kept by a shared browser')
  return faults
}
