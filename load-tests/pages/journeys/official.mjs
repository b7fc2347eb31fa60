// What the officials of one agency do with a dossier, from the list to its end.
import { PDF, PICTURE, PROCESSOR, RECEIVER, caller } from '../outside.mjs'
import { registered, signedIn } from './citizen.mjs'

const HOME = '/work/H44.100'

/** A dossier that a citizen has filed, by the API; this procedure costs nothing. Gives its id. */
export async function filed(person, agency = 'H44.100') {
  const citizen = await caller(person)
  const { id } = await citizen('POST', '/dossiers', { procedure: '1.001193', agency })
  const answers = {
    child_name: 'Trần Minh Khôi', child_gender: 'MALE', child_birth_date: '2026-07-20', child_birth_place: 'Bệnh viện đa khoa tỉnh Phú Thọ',
    child_ethnicity: 'Kinh', child_nationality: 'Việt Nam', child_home_town: 'Phú Thọ', mother_name: person.name, mother_birth_date: '1992-03-08',
    mother_ethnicity: 'Kinh', mother_nationality: 'Việt Nam', mother_residence: 'Phường Đồi Chè, tỉnh Phú Thọ', applicant_name: person.name,
    applicant_citizen_number: person.citizen_number, applicant_relationship: 'MOTHER', applicant_residence: 'Phường Đồi Chè, tỉnh Phú Thọ',
    applicant_phone: person.phone, truthful: true,
  }
  await citizen('PUT', `/dossiers/${id}/answers`, answers, 'application/json', { 'If-Match': '"1"' })
  const paper = `/dossiers/${id}/documents?component=GIAY_CHUNG_SINH&file_name=${PICTURE.name}`
  await citizen('POST', paper, PICTURE.buffer, PICTURE.mimeType)
  await citizen('POST', `/dossiers/${id}/submission`, {})
  return id
}

export const stories = {
  'an official receives, answers and completes a dossier': async (visitor) => {
    const person = await registered(visitor)
    const dossier = `/work/dossiers/${await filed(person)}`
    await signedIn(visitor, RECEIVER)
    await visitor.at(HOME)
    await visitor.looks('work')
    await visitor.open(dossier)
    await visitor.looks('dossier to be received')
    await visitor.visits(`${dossier}/receipt`, 'receive')
    await visitor.send(`${dossier}/receipt`)
    await visitor.at(dossier)
    await visitor.looks('received')
    await visitor.send('/sign-out')

    await signedIn(visitor, PROCESSOR)
    await visitor.open(`${dossier}/results`)
    await visitor.looks('result')
    await visitor.send(`${dossier}/results`)
    await visitor.looks('result without a file')
    await visitor.page.locator('input[name="file"]').setInputFiles(PDF)
    await visitor.send(`${dossier}/results`)
    await visitor.at(dossier)
    await visitor.looks('result added')
    await visitor.visits(`${dossier}/completion`, 'complete')
    await visitor.send(`${dossier}/completion`)
    await visitor.at(dossier)
    await visitor.looks('completed')
    await visitor.send('/sign-out')

    await signedIn(visitor, person)
    await visitor.open('/messages')
    await visitor.looks('messages')
  },

  'of two officials at once the second is told, and nothing happens twice': async (visitor) => {
    const person = await registered(visitor)
    const id = await filed(person)
    await signedIn(visitor, RECEIVER)
    await visitor.open(`/work/dossiers/${id}/receipt`)
    const colleague = await caller(RECEIVER)
    await colleague('POST', `/dossiers/${id}/receipt`, {})
    await visitor.send(`/work/dossiers/${id}/receipt`)
    await visitor.looks('too late')
  },

  'an official walks the list by keys': async (visitor) => {
    const person = await registered(visitor)
    await filed(person)
    await filed(person)
    await signedIn(visitor, RECEIVER)
    await visitor.at(HOME)
    await visitor.visits(`${HOME}?work=`, 'part of the work')
    await visitor.open(HOME)
    if (!visitor.scripted) return
    const links = visitor.page.locator('tbody a')
    await visitor.page.keyboard.press('j')
    await visitor.page.keyboard.press('j')
    const second = await links.nth(1).evaluate((link) => link === document.activeElement)
    if (!second) throw new Error('j does not go down')
    await visitor.page.keyboard.press('/')
    if (!(await visitor.page.locator('#q').evaluate((field) => field === document.activeElement))) throw new Error('/ does not search')
    await links.nth(1).focus()
    await visitor.page.keyboard.press('k')
    await visitor.page.keyboard.press('Enter')
    await visitor.at(/^\/work\/dossiers\//)
  },

  'several dossiers are found and received at once': async (visitor) => {
    const person = await registered(visitor)
    for (let filings = 0; filings < 4; filings += 1) await filed(person)
    await signedIn(visitor, RECEIVER)
    await visitor.at(HOME)
    await visitor.search(person.phone)
    await visitor.looks('found')
    const rows = await visitor.page.locator('tbody tr').count()
    if (rows !== 4) throw new Error(`${rows} dossiers are found, not 4`)
    await visitor.press('.motcua-bulk a')
    await visitor.looks('ticked')
    await visitor.send(HOME)
    await visitor.looks('several received')
  },

  'an official of another agency sees nothing': async (visitor) => {
    const person = await registered(visitor)
    const id = await filed(person)
    await signedIn(visitor, { ...RECEIVER, email: 'tiepnhan@h44-101.example.vn' })
    await visitor.open(`/work/dossiers/${id}`, 404)
    await visitor.looks('not there')
    await visitor.open('/work/H44.100', 404)
    await visitor.open('/dossiers', 403)
    await visitor.looks('not for officials')
  },
}
