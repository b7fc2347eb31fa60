// What else becomes of a dossier in an office: decided against, put off with an apology, charged for once more, freed from a fee; and who only
// looks.
import { AUDITOR, CASHIER, LEADER, PDF, PROCESSOR, RECEIVER, TOO_LARGE, caller } from '../outside.mjs'
import { received } from './agency.mjs'
import { registered, signedIn } from './citizen.mjs'
import { changesTo } from './desk.mjs'
import { draftedCopy, paid, pays } from './filing.mjs'

const HOME = '/work/H44.100'
const PAPER = 'GIAY_CHUNG_SINH'
const CHARGE = { what_for: 'Phí xác minh hồ sơ', legal_basis: 'Điều 3 Thông tư 85/2019/TT-BTC' }

/** Waits until the payment page of a dossier shows what is due. */
async function seesDue(visitor, own) {
  await visitor.open(`${own}/payment`)
  await visitor.awaits('[data-payment-state="due"]')
}

/** The code of a dossier. */
const codeOf = async (id) => (await (await caller(PROCESSOR))('GET', `/dossiers/${id}`)).code

export const stories = {
  'what is applied for is declined with a document': async (visitor) => {
    const { person, work, own } = await received(visitor, PROCESSOR)
    await visitor.open(`${work}/refusal-document`)
    await visitor.looks('decline')
    await visitor.send(`${work}/refusal-document`)
    await visitor.looks('declined for no reason')
    await visitor.fill({ reason: 'Không đủ điều kiện theo Điều 16 Luật Hộ tịch.' })
    await visitor.page.locator('input[name="file"]').setInputFiles(PDF)
    await visitor.send(`${work}/refusal-document`)
    await visitor.at(work)
    await visitor.looks('declined')
    await changesTo(visitor, person)
    await visitor.open(own)
    await visitor.reads('Điều 16 Luật Hộ tịch')
    await visitor.looks('declined, as its applicant reads it')
    if (!(await visitor.download('/results/')).equals(PDF.buffer)) throw new Error('the document is another file')
  },

  'a due date is put off with an apology': async (visitor) => {
    const { person, work, own } = await received(visitor, PROCESSOR)
    await visitor.open(`${work}/extension`)
    await visitor.looks('extend')
    await visitor.fill({ working_days: 'hai', reason: 'Phải xác minh thêm.' })
    await visitor.send(`${work}/extension`)
    await visitor.looks('no number of days')
    await visitor.fill({ working_days: 1, reason: 'Phải xác minh thêm tại nơi cư trú trước đây.' })
    await visitor.send(`${work}/extension`)
    await visitor.at(work)
    await visitor.looks('extended')
    await visitor.visits(`${work}/extension`, 'once more only with a reason')
    await changesTo(visitor, person)
    await visitor.open(own)
    await visitor.reads('Phải xác minh thêm tại nơi cư trú trước đây.')
    await visitor.looks('extended, as its applicant reads it')
  },

  'a further fee is charged while it is worked on, and paid': async (visitor) => {
    const { person, id, work, own } = await received(visitor, PROCESSOR)
    await visitor.open(`${work}/charges`)
    await visitor.looks('charge')
    await visitor.send(`${work}/charges`)
    await visitor.looks('nothing charged')
    await visitor.fill({ 'line-1-what_for': CHARGE.what_for, 'line-1-amount': '150.000', 'line-1-legal_basis': CHARGE.legal_basis })
    await visitor.send(`${work}/charges`)
    await visitor.at(work)
    await visitor.looks('charged')
    await changesTo(visitor, person)
    await visitor.open(own)
    await visitor.looks('a further fee is due')
    await seesDue(visitor, own)
    await visitor.looks('a further fee to pay')
    await pays(visitor, own, 'pay')
    await visitor.awaits(paid)
    await changesTo(visitor, PROCESSOR)
    const processor = await caller(PROCESSOR)
    for (let looks = 0; looks < 50 && (await processor('GET', `/dossiers/${id}`)).status === 'FEE_DUE'; looks += 1) {
      await new Promise((later) => setTimeout(later, 200))
    }
    await visitor.open(work)
    await visitor.looks('paid, and worked on again')
    await visitor.follow(`${work}/results`)
  },

  'a waiver is asked for at the till, and approved by another': async (visitor) => {
    const { person, id, own } = await received(visitor, CASHIER)
    const processor = await caller(PROCESSOR)
    // More than a cashier may waive alone.
    const line = { ...CHARGE, amount: { amount: 900_000, currency: 'VND' } }
    await processor('POST', `/dossiers/${id}/charges`, { lines: [line] })
    const cashier = await caller(CASHIER)
    // The three modes have one cashier, whose shift is opened once.
    await cashier('POST', '/agencies/H44.100/shifts', { till: 'Quầy 1', opening: { amount: 500_000, currency: 'VND' } }).catch((why) => {
      if (!why.message.includes(' 409')) throw why
    })
    const till = `${HOME}/till`
    const code = await codeOf(id)
    for (let looks = 0; looks < 50 && !visitor.place().startsWith(`${till}/`); looks += 1) {
      await visitor.open(`${till}?q=${code}`)
      if (!visitor.place().startsWith(`${till}/`)) await new Promise((later) => setTimeout(later, 200))
    }
    const taking = visitor.place()
    await visitor.looks('what is due at the till')
    await visitor.visits(`${taking}/waiver`, 'waiver')
    await visitor.send(`${taking}/waiver`)
    await visitor.looks('waived by no rule')
    await visitor.choose('class', 'POOR_HOUSEHOLD')
    await visitor.fill({ legal_basis: 'Điều 10 Luật Phí và lệ phí 2015', proof: 'Giấy chứng nhận hộ nghèo số 12/GCN-HN ngày 05/01/2026, UBND phường' })
    await visitor.send(`${taking}/waiver`)
    await visitor.at(/^\/work\/H44\.100\/waivers\//)
    const waiver = visitor.place()
    await visitor.looks('waiver that waits for another')

    await changesTo(visitor, LEADER)
    await visitor.open(`${HOME}/stuck`)
    await visitor.follow(waiver)
    await visitor.looks('waiver to be approved')
    await visitor.send(waiver, 'approve')
    await visitor.at(waiver)
    await visitor.looks('waiver approved')
    await changesTo(visitor, person)
    for (let looks = 0; looks < 50; looks += 1) {
      await visitor.open(own)
      if ((await processor('GET', `/dossiers/${id}`)).status !== 'FEE_DUE') break
      await new Promise((later) => setTimeout(later, 200))
    }
    await visitor.open(own)
    await visitor.looks('freed from the fee')
    if (await visitor.page.locator(`a[href="${own}/payment"]`).count()) throw new Error('it is still to be paid')
  },

  'papers are brought to the counter, scanned and counted': async (visitor) => {
    const { person, id, work, own } = await received(visitor, RECEIVER)
    const processor = await caller(PROCESSOR)
    const papers = [{ component: PAPER, reason: 'Ảnh chụp bị mờ, không đọc được số.', guidance: 'Mang bản chính đến quầy.' }]
    await processor('POST', `/dossiers/${id}/supplement-request`, { papers })
    await visitor.open(work)
    await visitor.visits(`${work}/supplement-intake`, 'papers at the counter')
    await visitor.press(`form[action="${work}/supplement-intake"] [type=submit]`)
    await visitor.looks('no paper at the counter')
    await visitor.isRefused(PAPER, TOO_LARGE)
    await visitor.upload(PAPER, PDF)
    await visitor.looks('scanned at the counter')
    await visitor.fill({ [`paper-${PAPER}`]: 'một' })
    await visitor.press(`form[action="${work}/supplement-intake"] [type=submit]`)
    await visitor.looks('no number of originals')
    await visitor.fill({ [`paper-${PAPER}`]: 1, note: 'Đã đối chiếu bản chính.' })
    await visitor.press(`form[action="${work}/supplement-intake"] [type=submit]`)
    await visitor.at(work)
    await visitor.looks('taken in at the counter')
    await changesTo(visitor, person)
    await visitor.open(own)
    await visitor.looks('brought to the counter, as its applicant reads it')
  },

  'how the result is wanted is chosen before filing and changed after': async (visitor) => {
    const person = await registered(visitor)
    await signedIn(visitor, person)
    const citizen = await caller(person)
    const own = `/dossiers/${await draftedCopy(person, citizen)}`
    await visitor.open(`${own}/check`)
    await visitor.choose('way', 'POST')
    await visitor.send(`${own}/check`)
    await visitor.looks('by post to nowhere')
    await visitor.fill({ address: 'Tổ 5, phường Đồi Chè, tỉnh Phú Thọ', phone: person.phone })
    await visitor.send(`${own}/check`)
    await visitor.at(`${own}/slip`)
    await visitor.reads('Tổ 5, phường Đồi Chè')
    await visitor.looks('slip with an address')
    await visitor.open(own)
    await visitor.visits(`${own}/return-way`, 'another way')
    await visitor.choose('way', 'COUNTER')
    await visitor.send(`${own}/return-way`)
    await visitor.at(own)
    await visitor.readsNot('Tổ 5, phường Đồi Chè')
    await visitor.looks('at the counter after all')
  },

  'an auditor looks at everything and changes nothing': async (visitor) => {
    const { id, work } = await received(visitor, AUDITOR)
    await visitor.open('/work')
    await visitor.looks('what an auditor begins with')
    await visitor.open(`${HOME}?work=OPEN`)
    await visitor.looks('the list of an auditor')
    if (await visitor.page.locator('.motcua-bulk button[value="RECEIVE"], .motcua-bulk button[value="ASSIGN"]').count()) throw new Error('an auditor is offered to act')
    await visitor.open(work)
    await visitor.looks('a dossier of an auditor')
    const offered = await visitor.page.locator('.motcua-action-bar a.govuk-button').count()
    if (offered > 0) throw new Error(`an auditor is offered ${offered} actions`)
    const sheet = await visitor.page.request.get(`${HOME}/dossiers.xlsx?work=OPEN`)
    if (!sheet.ok()) throw new Error(`the spreadsheet answers ${sheet.status()}`)
    await visitor.open(`${HOME}/register`)
    await visitor.looks('the register of an auditor')
    await visitor.open(`${HOME}/money`)
    await visitor.looks('the money of an auditor')
    await visitor.open(`${HOME}/figures`)
    await visitor.looks('the figures of an auditor')
    await visitor.open(`${work}/completion`)
    await visitor.at(work)
    await visitor.open(`${HOME}/phrases`, 403)
    await visitor.looks('not for auditors')
    const auditor = await caller(AUDITOR)
    const refused = await auditor('POST', `/dossiers/${id}/suspension`, { reason: 'Chờ kết luận giám định.' }).catch((why) => why.message)
    if (!String(refused).includes('403')) throw new Error(`an auditor stops a dossier: ${JSON.stringify(refused)}`)
  },
}
