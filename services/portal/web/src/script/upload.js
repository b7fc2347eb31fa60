// Sends a form with files and says how far it is; the answer is shown in place.
import { read, show } from './page.js'
import { words } from './words.js'

export class Upload {
  static moduleName = 'motcua-upload'

  constructor(form) {
    this.form = form
    form.addEventListener('submit', (event) => this.send(event))
  }

  send(event) {
    const chosen = [...this.form.querySelectorAll('input[type=file]')].some((input) => input.files.length > 0)
    if (!chosen || event.defaultPrevented) return
    event.preventDefault()
    if (this.request) return
    const data = new FormData(this.form, event.submitter)
    this.request = new XMLHttpRequest()
    this.request.upload.addEventListener('progress', ({ loaded, total }) => this.tell(loaded, total))
    this.request.addEventListener('load', () => this.answered())
    for (const end of ['error', 'abort', 'timeout']) this.request.addEventListener(end, () => this.failed())
    this.request.open('POST', this.form.action)
    this.request.setRequestHeader('Accept', 'text/html')
    this.request.send(data)
    this.tell(0, 1)
  }

  tell(loaded, total) {
    this.place()
    this.bar.hidden = false
    this.bar.max = total
    this.bar.value = loaded
    // In quarters, because a screen reader reads every change aloud.
    const quarter = Math.floor((loaded / total) * 4) * 25
    this.say(`${words.uploading} ${quarter} %`)
  }

  say(text) {
    if (this.line.textContent !== text) this.line.textContent = text
  }

  place() {
    if (this.line) return
    this.bar = document.createElement('progress')
    this.bar.setAttribute('aria-label', words.uploading)
    this.line = document.createElement('p')
    this.line.setAttribute('role', 'status')
    const box = document.createElement('div')
    box.className = 'motcua-progress'
    box.append(this.bar, this.line)
    this.form.append(box)
  }

  answered() {
    const page = read(this.request.responseText)
    const landed = new URL(this.request.responseURL)
    if (!page.main || landed.pathname !== location.pathname) {
      location.assign(landed)
      return
    }
    history.replaceState(null, '', landed)
    show(page)
  }

  failed() {
    this.request = null
    this.bar.hidden = true
    this.say(words.uploadFailed)
  }
}
