// Asks for the same page while something is awaited, and shows it when it says something else.
import { read, show } from './page.js'

const TIMEOUT_MS = 10 * 60_000

export class Poll {
  static moduleName = 'motcua-poll'

  constructor(element) {
    this.element = element
    this.pause = Number(element.dataset.seconds || 3) * 1000
    this.since = Date.now()
    this.before = fingerprint(element.closest('main'))
    this.wait()
  }

  wait() {
    if (Date.now() - this.since < TIMEOUT_MS) setTimeout(() => this.ask(), this.pause)
  }

  async ask() {
    if (!this.element.isConnected) return
    try {
      const answer = await fetch(location.href, { headers: { Accept: 'text/html' }, cache: 'no-store' })
      const page = read(await answer.text())
      if (answer.redirected) location.assign(answer.url)
      else if (answer.ok && page.main && fingerprint(page.main) !== this.before) return show(page)
    } catch {
      // No network for a moment: the next question may be answered.
    }
    this.wait()
  }
}

// Only what a person can read: tokens in hidden fields and what script added differ every time.
const fingerprint = (main) => main.textContent.replace(/\s+/g, ' ')
