// A person at a browser, in words that a journey is told in. Things are found by address and field name, so that a journey reads
// the same in both languages.
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { judge } from './judge.mjs'

// Another port is another origin, but the same site: the browser sends our cookies along, so only our own checks are in the way.
const STRANGER = 'http://127.0.0.1:9/'

export class Visitor {
  constructor(context, { mode, language, faults, screens }) {
    Object.assign(this, { context, mode, language, faults, screens, seen: 0, pressed: 0, figures: [] })
  }

  async enter() {
    this.page = await this.context.newPage()
    // The language is chosen once, by the link that every page has.
    await this.page.goto(`/?lang=${this.language}`)
  }

  get scripted() {
    return this.mode !== 'plain'
  }

  place() {
    return this.page ? new URL(this.page.url()).pathname : 'nowhere'
  }

  /** Types an address. */
  async open(path, status = 200) {
    const answer = await this.page.goto(path)
    if (answer.status() !== status) throw new Error(`${path} answered ${answer.status()}, not ${status}`)
  }

  /** Follows the first link whose address begins so. */
  async follow(address) {
    await this.press(`a[href^="${address}"]`)
  }

  /** Fills fields, by name. */
  async fill(fields) {
    for (const [name, value] of Object.entries(fields)) await this.page.locator(`[name="${name}"]:visible`).fill(String(value))
  }

  /** Fills a date of three fields. */
  async date(name, [year, month, day]) {
    await this.fill({ [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year })
  }

  /** Chooses one of a field's values: a radio button, a box or a line of a list. */
  async choose(name, value) {
    const list = this.page.locator(`select[name="${name}"]`)
    if (await list.count()) await list.selectOption(value)
    // The label is what a person presses; the control itself may be drawn over.
    else await this.page.locator(`input[name="${name}"][value="${value}"]`).check({ force: true })
  }

  /** Sends the form whose address begins so; `then` names another button than its first. */
  async send(action, then) {
    const button = then === undefined ? '[type=submit]' : `[value="${then}"]`
    await this.press(`form[method="post"][action^="${action}"] ${button}`)
  }

  /** Searches for these words. */
  async search(words) {
    await this.fill({ q: words })
    await this.press('form[role="search"] [type=submit]')
  }

  /** Presses the first that is seen of these, and waits for the page that comes of it. */
  async press(what) {
    this.pressed += 1
    const pressed = this.page.locator(what).and(this.page.locator(':visible')).first()
    await Promise.all([this.page.waitForNavigation({ waitUntil: 'load' }), pressed.click()])
  }

  /** Does something of a day's work, and notes how many presses and seconds of this machine it took. */
  async measures(what, story) {
    const [pressed, begin] = [this.pressed, Date.now()]
    await story()
    this.figures.push(`${what}: ${this.pressed - pressed} presses, ${((Date.now() - begin) / 1000).toFixed(1)} s`)
  }

  /** Sends a file by the field with this name, and sees it listed. */
  async upload(name, file) {
    await this.page.locator(`input[name="${name}"]`).setInputFiles(file)
    await this.press(`form:has(input[name="${name}"]) [type=submit]`)
    await this.reads(file.name)
  }

  /** Sends a file by the field with this name, and is told beside it why it is not taken: where script runs, before it is sent. */
  async isRefused(name, file) {
    const input = this.page.locator(`input[name="${name}"]`)
    await input.setInputFiles(file)
    if (!this.scripted) await this.press(`form:has(input[name="${name}"]) [type=submit]`)
    await this.page.locator(`#${name}-error`).waitFor()
  }

  /** What a link with such an address gives to keep. */
  async download(address) {
    const [download] = await Promise.all([this.page.waitForEvent('download'), this.page.locator(`a[href*="${address}"]`).first().click()])
    return readFile(await download.path())
  }

  /** Is at this address now, a pattern or a beginning. */
  async at(address) {
    const fits = (path) => (address instanceof RegExp ? address.test(path) : path === address)
    await this.page.waitForURL((url) => fits(url.pathname)).catch(() => {
      throw new Error(`is at ${this.place()}, not at ${address}`)
    })
  }

  /** Goes away from a kiosk without a word. Where no script runs, the page goes by itself where it says, sooner here than there. */
  async goesAway() {
    if (!this.scripted) {
      const refresh = await this.page.locator('meta[http-equiv="refresh"]').getAttribute('content')
      return this.open(refresh.split('url=')[1])
    }
    await this.page.clock.install()
    await this.page.reload()
    await this.page.clock.runFor(61_000)
    await this.looks('is somebody there')
    const left = this.page.url()
    await Promise.all([this.page.waitForURL((url) => url.href !== left), this.page.clock.runFor(21_000)])
  }

  /** Reads this nowhere on the page. */
  async readsNot(text) {
    if (await this.page.getByText(text).count()) throw new Error(`still reads "${text}"`)
  }

  /** Reads this somewhere in the main part. */
  async reads(text) {
    const found = this.page.locator('main').getByText(text).first()
    await found.waitFor().catch(() => {
      throw new Error(`does not read "${text}"`)
    })
  }

  /** Waits until a page that awaits something shows this; where no script runs, by looking again. */
  async awaits(selector) {
    for (const begin = Date.now(); Date.now() - begin < 15_000; ) {
      if (await this.page.locator(selector).first().isVisible()) return
      if (this.scripted) await this.page.locator(selector).first().waitFor().catch(() => {})
      else await this.page.reload()
    }
    throw new Error(`never showed ${selector}`)
  }

  /** Looks at the whole page: it must be as every page must be, and it is kept as a picture. */
  async looks(name) {
    await this.picture(name)
    const faults = await judge(this.page, this.language, this.scripted)
    this.faults.push(...faults.map((fault) => `${name} (${this.place()}) ${fault}`))
  }

  /** Follows a link, and looks at where it leads. */
  async visits(address, name) {
    await this.follow(address)
    await this.looks(name)
  }

  async picture(name) {
    this.seen += 1
    await mkdir(this.screens, { recursive: true })
    const path = join(this.screens, `${String(this.seen).padStart(2, '0')}-${name.replaceAll(' ', '-')}.png`)
    await this.page.screenshot({ path, fullPage: true })
  }

  /** Signs out in another window of the same browser, while this one stays as it is. */
  async signsOutElsewhere() {
    const page = await this.context.newPage()
    await page.goto('/messages')
    await Promise.all([page.waitForURL((url) => url.pathname === '/'), page.locator('form[action="/sign-out"] [type=submit]').first().click()])
    await page.close()
  }

  /** A page of another origin, opened in this person's browser: with their cookies, and nobody looking at what it says. */
  async elsewhere(body) {
    const context = await this.context.browser().newContext({ storageState: await this.context.storageState() })
    await context.route(STRANGER, (route) => route.fulfill({ contentType: 'text/html', body }))
    const page = await context.newPage()
    await page.goto(STRANGER)
    return page
  }

  /** What a first visit to this address takes off the wire, in bytes: page, style, script, fonts, pictures, with their heads. */
  async weight(path) {
    const context = await this.context.browser().newContext({ locale: this.language, baseURL: new URL(this.page.url()).origin })
    const page = await context.newPage()
    const wire = await context.newCDPSession(page)
    let bytes = 0
    wire.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength))
    await wire.send('Network.enable')
    await page.goto(path, { waitUntil: 'networkidle' })
    await context.close()
    return bytes
  }
}
