// A kiosk that nobody touches asks whether somebody is there, and goes back to its first page when nobody answers.
const SIGNS_OF_LIFE = ['pointerdown', 'keydown', 'scroll', 'input']

export class Idle {
  static moduleName = 'motcua-idle'

  constructor(dialog) {
    const { seconds, warningSeconds, home } = dialog.dataset
    this.dialog = dialog
    this.quiet = Number(seconds) * 1000
    this.warning = Number(warningSeconds)
    this.home = home
    for (const sign of SIGNS_OF_LIFE) document.addEventListener(sign, () => this.alive(), { passive: true, capture: true })
    dialog.addEventListener('close', () => this.alive())
    this.alive()
  }

  alive() {
    // While it asks, only an answer counts.
    if (this.dialog.open) return
    clearTimeout(this.timer)
    clearInterval(this.countdown)
    this.timer = setTimeout(() => this.ask(), this.quiet)
  }

  ask() {
    let left = this.warning
    const remaining = this.dialog.querySelector('[data-remaining]')
    const tell = () => {
      if (remaining) remaining.textContent = left
    }
    tell()
    this.dialog.showModal()
    this.countdown = setInterval(() => {
      left -= 1
      tell()
      if (left <= 0) location.replace(this.home)
    }, 1000)
  }
}
