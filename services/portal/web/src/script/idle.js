// A kiosk that nobody touches asks whether somebody is there, and ends the visit when nobody answers.
const SIGNS_OF_LIFE = ['pointerdown', 'keydown', 'scroll', 'input']
// The server hears this often at most that somebody is reading or typing.
const TELL_EVERY_MS = 20_000

export class Idle {
  static moduleName = 'motcua-idle'

  constructor(dialog) {
    const { seconds, warningSeconds, end, alive } = dialog.dataset
    this.dialog = dialog
    this.quiet = Number(seconds) * 1000
    this.warning = Number(warningSeconds)
    this.end = end
    this.address = alive
    this.toldAt = Date.now()
    for (const sign of SIGNS_OF_LIFE) document.addEventListener(sign, () => this.alive(), { passive: true, capture: true })
    // The browser must not offer to the next person what this one typed.
    document.addEventListener('focusin', ({ target }) => 'autocomplete' in target && (target.autocomplete = 'off'))
    dialog.addEventListener('close', () => this.alive())
    this.alive()
  }

  alive() {
    // While it asks, only an answer counts.
    if (this.dialog.open) return
    clearTimeout(this.timer)
    clearInterval(this.countdown)
    this.timer = setTimeout(() => this.ask(), this.quiet)
    this.tell()
  }

  async tell() {
    if (!this.address || Date.now() - this.toldAt < TELL_EVERY_MS) return
    this.toldAt = Date.now()
    // Without a network the session ends by itself.
    const answer = await fetch(this.address, { redirect: 'manual', cache: 'no-store' }).catch(() => null)
    if (answer?.type === 'opaqueredirect') this.leave()
  }

  ask() {
    let left = this.warning
    const remaining = this.dialog.querySelector('[data-remaining]')
    const show = () => {
      if (remaining) remaining.textContent = left
    }
    show()
    this.dialog.showModal()
    this.countdown = setInterval(() => {
      left -= 1
      show()
      if (left <= 0) this.leave()
    }, 1000)
  }

  leave() {
    location.replace(this.end)
  }
}
