// Sends a form with files and says how far it is; the answer is shown in place. A file that is too large is told before it is sent.
import { read, show } from './page.js'
import { words } from './words.js'

export class Upload {
  static moduleName = 'motcua-upload'

  constructor(form) {
    this.form = form
    this.inputs = [...form.querySelectorAll('input[type=file]')]
    for (const input of this.inputs) input.addEventListener('change', () => this.judge(input))
    form.addEventListener('submit', (event) => this.send(event))
  }

  send(event) {
    const chosen = this.inputs.some((input) => input.files.length > 0)
    if (!chosen || event.defaultPrevented) return
    event.preventDefault()
    if (this.request) return
    const tooLarge = this.inputs.filter((input) => !this.judge(input))[0]
    if (tooLarge) {
      tooLarge.focus()
      return
    }
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

  /** Whether the files chosen may be sent; what is wrong stands beside the field, as the server would say it. */
  judge(input) {
    const fits = [...input.files].every((file) => file.size <= Number(input.dataset.limit))
    const group = input.closest('.govuk-form-group')
    const id = `${input.id}-error`
    document.getElementById(id)?.remove()
    group.classList.toggle('govuk-form-group--error', !fits)
    input.classList.toggle('govuk-file-upload--error', !fits)
    const others = (input.getAttribute('aria-describedby') ?? '').split(' ').filter((other) => other && other !== id)
    const described = fits ? others : [...others, id]
    if (described.length > 0) input.setAttribute('aria-describedby', described.join(' '))
    else input.removeAttribute('aria-describedby')
    if (fits) return true
    const prefix = document.createElement('span')
    prefix.className = 'govuk-visually-hidden'
    prefix.textContent = words.error
    const told = document.createElement('p')
    told.id = id
    told.className = 'govuk-error-message'
    told.setAttribute('role', 'alert')
    told.append(prefix, ` ${input.dataset.tooLarge}`)
    input.before(told)
    return false
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
    // A refusal that is no page of ours leads nowhere: the page asked for again would say nothing.
    if (!page.main && this.request.status >= 400) {
      this.failed()
      return
    }
    const stays = landed.pathname === location.pathname
    // What answers the form itself is shown where the form stood: asked for again, it would be another page.
    if (!page.main || !(stays || landed.pathname === new URL(this.form.action).pathname)) {
      location.assign(landed)
      return
    }
    history.replaceState(null, '', stays ? landed : location.href)
    show(page)
  }

  failed() {
    this.request = null
    this.bar.hidden = true
    this.say(words.uploadFailed)
  }
}
