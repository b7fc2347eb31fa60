// A dossier on its citizen's side: opened, filled page by page, filed, paid, followed, received.
import { PDF, TOO_LARGE, answered, caller, provider } from '../outside.mjs'
import { registered, signedIn } from './citizen.mjs'

const PROCEDURE = '2.000635'
const START = `/procedures/${PROCEDURE}/start`

/** Opens a draft at the agency with this name; gives its address. */
export async function opened(visitor, procedure = PROCEDURE, agency = 'đồi chè') {
  await visitor.open(`/procedures/${procedure}/start`)
  await visitor.search(agency)
  await visitor.page.locator('input[name="agency"]').first().check({ force: true })
  await visitor.send(`/procedures/${procedure}/start`)
  await visitor.at(/^\/dossiers\/.+\/form\/1$/)
  return visitor.place().replace('/form/1', '')
}

const PAGES = [
  async (visitor, { name }) => {
    await visitor.fill({ person_name: name })
    await visitor.date('person_birth_date', [1992, 3, 8])
  },
  async (visitor) => {
    await visitor.choose('event', 'BIRTH')
    await visitor.date('event_date', [1992, 3, 20])
    await visitor.fill({ event_place: 'Xã Đồi Chè, tỉnh Phú Thọ' })
  },
  async (visitor) => {
    await visitor.fill({ copies: 2 })
    await visitor.choose('purpose', 'WORK')
  },
  async (visitor, { name, citizen_number }) => {
    await visitor.fill({ applicant_name: name, applicant_citizen_number: citizen_number })
    await visitor.choose('truthful', 'true')
  },
]

/** Fills the pages of the form from where the visitor is to the last. */
async function filled(visitor, dossier, person) {
  for (const [index, page] of PAGES.entries()) {
    await visitor.at(`${dossier}/form/${index + 1}`)
    await page(visitor, person)
    await visitor.looks(`form page ${index + 1}`)
    await visitor.send(dossier)
  }
  await visitor.at(`${dossier}/documents`)
}

/** Presses a button on the provider's page, and comes back. */
export async function pays(visitor, dossier, choice) {
  await visitor.send(`${dossier}/payment`)
  await visitor.at('/paymentv2/vpcpay.html')
  await visitor.press(`[value="${choice}"]`)
  await visitor.at(`${dossier}/payment`)
}

/** A copy of an extract that is filled in whole and not filed. */
export async function draftedCopy(person, citizen) {
  const { id } = await citizen('POST', '/dossiers', { procedure: PROCEDURE, agency: 'H44.100' })
  const answers = {
    person_name: person.name, person_birth_date: '1992-03-08', event: 'BIRTH', event_date: '1992-03-08', event_place: 'Phường Đồi Chè',
    copies: 2, purpose: 'WORK', applicant_name: person.name, applicant_citizen_number: person.citizen_number, truthful: true,
  }
  await citizen('PUT', `/dossiers/${id}/answers`, answers, 'application/json', { 'If-Match': '"1"' })
  return id
}

/** A copy of an extract that is filed and owes its fee. */
async function filedCopy(person, citizen) {
  await citizen('POST', `/dossiers/${await draftedCopy(person, citizen)}/submission`, {})
}

export const paid = '[data-payment-state="paid"]'

export const stories = {
  'a citizen files, pays, follows and receives': async (visitor) => {
    const person = await registered(visitor)
    await visitor.open(`/procedures/${PROCEDURE}`)
    await visitor.follow(START)
    await visitor.at('/sign-in')
    await visitor.fill({ email: person.email, password: person.password })
    await visitor.send('/sign-in')
    await visitor.at(START)
    await visitor.looks('where to file')
    const dossier = await opened(visitor)
    await filled(visitor, dossier, person)
    await visitor.looks('documents')
    await visitor.isRefused('GIAY_TO_KHAC', TOO_LARGE)
    await visitor.looks('document too large')
    await visitor.upload('GIAY_TO_KHAC', PDF)
    await visitor.looks('documents with one')
    await visitor.visits(`${dossier}/check`, 'check')
    await visitor.send(`${dossier}/check`)
    await visitor.at(`${dossier}/slip`)
    await visitor.looks('slip')
    const code = await visitor.page.locator('.motcua-slip .motcua-code').first().innerText()
    const secret = await visitor.page.locator('.motcua-slip__secret').innerText()

    await visitor.open(`${dossier}/payment`)
    await visitor.awaits('[data-payment-state="due"]')
    await visitor.looks('payment due')
    await pays(visitor, dossier, 'insufficient_balance')
    await visitor.awaits('[data-payment-state="failed"]')
    await visitor.looks('payment failed')
    await provider({ ipn_delay_ms: 4000 })
    await pays(visitor, dossier, 'pay')
    await provider({})
    await visitor.looks('payment waiting')
    await visitor.awaits(paid)
    await visitor.looks('paid')

    await answered(dossier.split('/').pop())
    await visitor.open(dossier)
    await visitor.looks('dossier with its result')
    const result = await visitor.download('/results/')
    if (!result.equals(PDF.buffer)) throw new Error('the result is another file')
    await visitor.open('/dossiers')
    await visitor.looks('my dossiers')
    await visitor.send('/sign-out')
    await visitor.open('/tracking')
    await visitor.fill({ code, secret })
    await visitor.send('/tracking')
    await visitor.reads(code)
    await visitor.looks('tracked')
    if (visitor.page.url().includes(secret)) throw new Error('the secret stands in the address')
  },

  'two fees are ticked and paid in one go': async (visitor) => {
    const person = await registered(visitor)
    const citizen = await caller(person)
    for (let filings = 0; filings < 2; filings += 1) await filedCopy(person, citizen)
    await signedIn(visitor, person)
    for (let looks = 0; looks < 50; looks += 1) {
      await visitor.open('/payments')
      if ((await visitor.page.locator('input[value="ticked"]').count()) === 2) break
      await new Promise((later) => setTimeout(later, 200))
    }
    await visitor.looks('what is due')
    for (const box of await visitor.page.locator('input[value="ticked"]').all()) await box.check({ force: true })
    await visitor.press('#payments [type=submit]')
    await visitor.looks('the sum of two')
    await visitor.send('/payments/together')
    await visitor.at('/paymentv2/vpcpay.html')
    await visitor.press('[value="pay"]')
    await visitor.at(/^\/payments\/together\//)
    await visitor.awaits(paid)
    await visitor.looks('both are paid')
  },

  'what a citizen typed survives the end of her session': async (visitor) => {
    const person = await registered(visitor)
    await signedIn(visitor, person)
    const dossier = await opened(visitor)
    await PAGES[0](visitor, person)
    await visitor.signsOutElsewhere()
    await visitor.send(dossier)
    await visitor.at('/sign-in')
    await visitor.looks('what was typed waits')
    await visitor.fill({ email: person.email, password: person.password })
    await visitor.send('/sign-in')
    await visitor.at(`${dossier}/form/1`)
    await visitor.looks('not saved yet')
    const back = await visitor.page.locator('[name="person_name"]').inputValue()
    if (back !== person.name) throw new Error(`"${back}" came back instead of "${person.name}"`)
    await visitor.send(dossier)
    await visitor.at(`${dossier}/form/2`)
  },

  'a citizen leaves a form and comes back to it': async (visitor) => {
    const person = await registered(visitor)
    await signedIn(visitor, person)
    const dossier = await opened(visitor)
    await visitor.send(dossier)
    await visitor.looks('nothing filled in')
    await PAGES[0](visitor, person)
    await visitor.send(dossier, 'leave')
    await visitor.at(dossier)
    await visitor.looks('draft')
    await visitor.open('/dossiers')
    await visitor.follow(dossier)
    await visitor.follow(`${dossier}/form/1`)
    const kept = await visitor.page.locator('[name="person_name"]').inputValue()
    if (kept !== person.name) throw new Error(`"${kept}" was kept instead of "${person.name}"`)
    await visitor.open(`${dossier}/form/3`)
    await visitor.fill({ copies: 21 })
    await visitor.send(dossier)
    await visitor.looks('too many copies')
    await visitor.open(`${dossier}/check`)
    await visitor.looks('check before all is there')
    await visitor.send(`${dossier}/check`)
    await visitor.looks('cannot be filed yet')
    await visitor.open(dossier)
    await visitor.follow(`${dossier}/removal`)
    await visitor.looks('to be thrown away')
    await visitor.send(`${dossier}/removal`)
    await visitor.at('/dossiers')
    if (await visitor.page.locator(`a[href="${dossier}"]`).count()) throw new Error('the draft is still there')
  },

  'a citizen with two windows loses nothing': async (visitor) => {
    const person = await registered(visitor)
    await signedIn(visitor, person)
    const dossier = await opened(visitor)
    await visitor.fill({ person_name: 'Trong cửa sổ thứ nhất' })
    const first = visitor.page
    visitor.page = await visitor.context.newPage()
    await visitor.open(`${dossier}/form/1`)
    await PAGES[0](visitor, person)
    await visitor.send(dossier)
    await visitor.at(`${dossier}/form/2`)
    await visitor.page.close()
    visitor.page = first
    await visitor.send(dossier)
    await visitor.at(`${dossier}/form/1`)
    await visitor.looks('changed in another window')
    const typed = await visitor.page.locator('[name="person_name"]').inputValue()
    if (typed !== 'Trong cửa sổ thứ nhất') throw new Error('what was typed is gone')
  },

  'a citizen opens the form of every procedure': async (visitor) => {
    const person = await registered(visitor)
    await signedIn(visitor, person)
    for (const procedure of ['1.001193', '1.004222', '1.004837', '1.004873']) {
      const dossier = await opened(visitor, procedure, '')
      await visitor.open(dossier)
      const links = await visitor.page.locator('a[href*="/form/"]').all()
      const pages = await Promise.all(links.map((link) => link.getAttribute('href')))
      for (const page of pages) {
        await visitor.open(page)
        await visitor.looks(`${procedure} page ${page.split('/').pop()}`)
      }
      await visitor.open(`${dossier}/documents`)
      await visitor.looks(`${procedure} documents`)
    }
  },
}
