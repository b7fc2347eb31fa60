// What is handed in at the counter, by keys alone: every key is counted, and a dossier is taken in within so many.
import { PDF, PROCESSOR, RECEIVER, TOO_LARGE, answered, caller } from '../outside.mjs'
import { registered, signedIn } from './citizen.mjs'
import { filed } from './official.mjs'

const HOME = '/work/H44.100/intake'
const POST = '/work/H44.100/post'
// A scanner types the card's text and Enter by itself: that is one pull of its trigger.
const card = (number, name) => `${number}||${name}|08031992|Nữ|Tổ 5, phường Đồi Chè, tỉnh Phú Thọ|20042022`

/** Hands that never leave the keyboard: counts what they press. */
class Hands {
  constructor(page) {
    Object.assign(this, { page, keys: 0, begun: Date.now() })
  }

  async type(text) {
    this.keys += [...text].length
    await this.page.keyboard.type(text)
  }

  async press(key) {
    this.keys += 1
    await this.page.keyboard.press(key)
  }

  async scan(text) {
    this.keys += 1
    await this.page.keyboard.insertText(text)
    await Promise.all([this.page.waitForNavigation({ waitUntil: 'load' }), this.page.keyboard.press('Enter')])
  }

  /** Tabs on to the control with this name (and value), and says so when there is none on the way. */
  async to(name, value) {
    for (let step = 0; step < 80; step += 1) {
      const there = await this.page.evaluate(
        ([name, value]) => document.activeElement.name === name && (value === undefined || document.activeElement.value === value),
        [name, value],
      )
      if (there) return
      await this.press('Tab')
    }
    throw new Error(`no key leads to ${name}`)
  }

  async send() {
    await this.to('then', 'take')
    await Promise.all([this.page.waitForNavigation({ waitUntil: 'load' }), this.press('Enter')])
  }

  within(keys, what) {
    const seconds = ((Date.now() - this.begun) / 1000).toFixed(1)
    console.log(`    ${what}: ${this.keys} keys, ${seconds} s by the machine's hands`)
    if (this.keys > keys) throw new Error(`${what} takes ${this.keys} keys, more than ${keys}`)
  }
}

/** A number that nobody has had. */
const somebody = () => `0001${92}${String(Date.now()).slice(-6)}`

/** Fills the rest of the form for a copy of an extract. */
async function copy(hands, visitor) {
  await hands.to('person_name')
  await hands.type('Trần Thị Lan')
  await hands.to('person_birth_date-year')
  await hands.type('1992')
  await hands.to('event')
  if (await visitor.page.evaluate(() => document.activeElement.type) === 'radio') await hands.press('Space')
  else await hands.press('ArrowDown')
  await hands.to('event_date-year')
  await hands.type('1992')
  await hands.to('event_place')
  await hands.type('Phường Đồi Chè')
  await hands.to('copies')
  await hands.type('2')
  await hands.to('purpose')
  if (await visitor.page.evaluate(() => document.activeElement.type) === 'radio') await hands.press('Space')
  else await hands.press('ArrowDown')
  await hands.to('truthful')
  await hands.press('Space')
  await hands.send()
}

/** A result of this person's that is ready and wanted by post; gives its dossier's id. */
async function readyForThePost(person) {
  const dossier = await filed(person)
  const citizen = await caller(person)
  await citizen('PUT', `/dossiers/${dossier}/return-way`, { way: 'POST', address: 'Tổ 5, phường Đồi Chè, tỉnh Phú Thọ', phone: '0912 345 678' })
  await answered(dossier)
  return dossier
}

export const stories = {
  'results go by post, and one comes back': async (visitor) => {
    const person = await registered(visitor)
    const [fetched, left] = [await readyForThePost(person), await readyForThePost(person)]
    await signedIn(visitor, RECEIVER)
    await visitor.open(POST)
    await visitor.looks('what waits for the post')
    await visitor.send(POST)
    await visitor.looks('nothing ticked')
    for (const id of [fetched, left]) await visitor.choose(`send-${id}`, 'ticked')
    await visitor.send(POST)
    await visitor.at(/^\/work\/H44\.100\/post\/[0-9a-f-]{36}$/)
    const manifest = visitor.place()
    await visitor.looks('a manifest')
    await visitor.send(manifest)
    await visitor.looks('no carrier and no number')
    const code = await visitor.page.locator('input[name^="code-"]').first().getAttribute('name')
    const number = `EB${String(Date.now()).slice(-9)}VN`
    await visitor.fill({ [code]: number, carrier: 'Đỗ Văn Thư, Bưu cục Việt Trì' })
    await visitor.send(manifest, 'sign')
    await visitor.reads(number)
    await visitor.looks('handed over')
    await visitor.open(POST)
    await visitor.reads(number)
    await visitor.looks('under way')
    const parcel = visitor.page.locator('li', { hasText: number }).locator('form')
    const action = await parcel.getAttribute('action')
    await visitor.send(action, 'CAME_BACK')
    await visitor.looks('came back')
    await visitor.send(action, 'COLLECTED')
    await visitor.looks('fetched by nobody')
    await visitor.fill({ [`collected-${action.split('/').pop()}`]: 'Trần Thị Lan' })
    await visitor.send(action, 'COLLECTED')
    await visitor.readsNot(number)
  },

  'a certified copy of three pages is taken in by keys alone': async (visitor) => {
    await signedIn(visitor, RECEIVER)
    await visitor.open(HOME)
    await visitor.looks('choice of the procedure')
    await visitor.open(`${HOME}/2.000815`)
    await visitor.looks('intake')
    const hands = new Hands(visitor.page)
    await hands.to('in-card')
    await hands.scan(card(somebody(), 'Trần Thị Lan'))
    await visitor.looks('found by the card')
    await hands.to('document_name')
    await hands.type('Bằng tốt nghiệp')
    await hands.to('pages')
    await hands.type('3')
    await hands.to('copies')
    await hands.type('1')
    await hands.to('paper-BAN_CHINH')
    await hands.type('1')
    await hands.send()
    hands.within(120, 'certified copy')
    await visitor.reads(/5[.,]000/)
    await visitor.looks('taken in')
    await visitor.follow(`${HOME}/dossiers/`)
    await visitor.looks('scans')
    await visitor.upload('BAN_CHINH', PDF)
  },

  'a copy of an extract is taken in, and again from what is known': async (visitor) => {
    const number = somebody()
    await signedIn(visitor, RECEIVER)
    await visitor.open(`${HOME}/2.000635`)
    const first = new Hands(visitor.page)
    await first.to('in-card')
    await first.scan(card(number, 'Trần Thị Lan'))
    await copy(first, visitor)
    first.within(150, 'copy of an extract, the first time')
    await visitor.open(`${HOME}/2.000635`)
    const again = new Hands(visitor.page)
    await again.to('in-card')
    await again.scan(number)
    await visitor.looks('known from before')
    await again.to('truthful')
    await again.press('Space')
    await again.send()
    again.within(90, 'copy of an extract, once more')
    await visitor.looks('taken in again')
  },

  'who has no account sends papers in and withdraws with her receipt': async (visitor) => {
    const [receiver, processor] = [await caller(RECEIVER), await caller(PROCESSOR)]
    const { dossier_id, code, tracking_secret } = await receiver('POST', '/agencies/H44.100/intakes', {
      procedure: '2.000815',
      agency: 'H44.100',
      channel: 'DIRECT',
      answers: { applicant_name: 'Trần Thị Lan', document_name: 'Bằng tốt nghiệp', pages: 3, copies: 1 },
      papers: [{ component: 'BAN_CHINH', originals: 1, copies: 0 }],
      applicant: { name: 'Trần Thị Lan', citizen_number: somebody() },
    })
    const papers = [{ component: 'BAN_CHINH', reason: 'Bản chụp bị mờ.', guidance: 'Chụp lại cả tờ, đủ sáng.' }]
    await processor('POST', `/dossiers/${dossier_id}/supplement-request`, { papers })
    await visitor.open('/tracking')
    await visitor.fill({ code, secret: tracking_secret })
    await visitor.send('/tracking')
    await visitor.looks('asked by receipt')
    await visitor.isRefused('BAN_CHINH', TOO_LARGE)
    // What the server alone can tell is said beside the field too, where script sends the form.
    await visitor.page.locator('input[name="BAN_CHINH"]').setInputFiles({ ...PDF, buffer: PDF.buffer.subarray(0, 40) })
    await visitor.press('form:has(input[name="BAN_CHINH"]) [type=submit]')
    await visitor.page.locator('#BAN_CHINH-error').waitFor()
    await visitor.upload('BAN_CHINH', PDF)
    await visitor.looks('uploaded by receipt')
    await visitor.send('/tracking/supplement')
    await visitor.looks('sent in by receipt')
    await visitor.fill({ reason: 'Nộp nhầm thủ tục.' })
    await visitor.send('/tracking/withdrawal')
    await visitor.looks('withdrawn by receipt')
    await visitor.readsNot('Nộp nhầm thủ tục.')
  },

  'who is helped to file online agrees first': async (visitor) => {
    await signedIn(visitor, RECEIVER)
    await visitor.open(`${HOME}/2.000635`)
    await visitor.fill({ 'in-card': card(somebody(), 'Trần Thị Lan') })
    await visitor.press('button[name="then"][value="find"]')
    await visitor.choose('in-channel', 'ONLINE')
    await visitor.press('button[name="then"][value="take"]')
    await visitor.looks('no consent and no answers')
  },
}
