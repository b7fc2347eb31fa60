// A dossier that is worked on in stages, by several pairs of eyes: taken, given back, assigned, handed on, sent back, its draft confirmed, signed
// by another; and who stands in for a leader who is away.
import { ANSWERING, COMMUNE_LEADER, LEADER, PDF, PICTURE, PROCESSOR, RECEIVER, SECOND_PROCESSOR, caller } from '../outside.mjs'
import { registered, signedIn } from './citizen.mjs'
import { changesTo } from './desk.mjs'
import { filed } from './official.mjs'

const HOME = '/work/H44.100'
const REASON = 'Ghi thiếu nơi cư trú của người giám hộ.'

/** A guardianship that is filed, by the API: three stages, and a draft to be confirmed. Gives its id. */
export async function filedInStages(person) {
  const citizen = await caller(person)
  const { id } = await citizen('POST', '/dossiers', { procedure: '1.004837', agency: 'H44.100' })
  const residence = 'Phường Đồi Chè, tỉnh Phú Thọ'
  const answers = {
    ward_name: 'Trần Gia Bảo', ward_gender: 'MALE', ward_birth_date: '2018-05-02', ward_residence: residence, guardian_name: person.name,
    guardian_birth_date: '1992-03-08', guardian_citizen_number: person.citizen_number, guardian_residence: residence, kind: 'APPOINTED',
    reason: 'Cha mẹ của cháu đã mất.', applicant_name: person.name, applicant_citizen_number: person.citizen_number,
    applicant_residence: residence, applicant_phone: person.phone, truthful: true,
  }
  await citizen('PUT', `/dossiers/${id}/answers`, answers, 'application/json', { 'If-Match': '"1"' })
  await citizen('POST', `/dossiers/${id}/documents?component=CAN_CU_GIAM_HO&file_name=${PICTURE.name}`, PICTURE.buffer, PICTURE.mimeType)
  await citizen('POST', `/dossiers/${id}/submission`, {})
  return id
}

/** One that is received, and the specialist who has it by load with the other one. */
async function inStages(visitor) {
  const person = await registered(visitor)
  const id = await filedInStages(person)
  const receiver = await caller(RECEIVER)
  await receiver('POST', `/dossiers/${id}/receipt`, {})
  const [one, other] = [PROCESSOR, SECOND_PROCESSOR]
  const { holder } = await (await caller(one))('GET', `/dossiers/${id}`)
  const [has, has_not] = holder.name === one.name ? [one, other] : [other, one]
  return { person, id, work: `/work/dossiers/${id}`, own: `/dossiers/${id}`, has, has_not }
}

/** Sends the form of an action, and is back at the dossier. */
async function does(visitor, work, action, fields = {}) {
  await visitor.open(`${work}/${action}`)
  await visitor.fill(fields)
  await visitor.send(`${work}/${action}`)
  await visitor.at(work)
}

async function sends(visitor, work, what) {
  await visitor.open(`${work}/${what}`)
  await visitor.page.locator('input[name="file"]').setInputFiles(PDF)
  await visitor.send(`${work}/${what}`)
  await visitor.at(work)
}

export const stories = {
  'in stages: drafted, confirmed, sent back, and signed by another': async (visitor) => {
    const { person, work, own, has } = await inStages(visitor)
    await signedIn(visitor, has)
    await visitor.open(work)
    await visitor.looks('verification')
    await sends(visitor, work, 'results')
    await visitor.open(`${work}/drafts`)
    await visitor.looks('a draft to send')
    await visitor.send(`${work}/drafts`)
    await visitor.looks('a draft without a file')
    await sends(visitor, work, 'drafts')
    await visitor.looks('draft sent')

    await changesTo(visitor, person)
    await visitor.open('/dossiers')
    await visitor.looks('a draft waits in the list')
    await visitor.follow(own)
    await visitor.looks('a draft waits for me')
    const draft = await visitor.download('/drafts/').catch(() => null)
    await visitor.follow(`${own}/draft-answer`)
    await visitor.looks('draft to confirm')
    if (!(draft ?? (await visitor.download('/drafts/'))).equals(PDF.buffer)) throw new Error('the draft is another file')
    await visitor.send(`${own}/draft-answer`)
    await visitor.looks('nothing said of the draft')
    await visitor.choose('answer', 'DISPUTED')
    await visitor.fill({ comment: REASON })
    await visitor.send(`${own}/draft-answer`)
    await visitor.at(own)
    await visitor.looks('draft to be corrected')

    await changesTo(visitor, has)
    await visitor.open(work)
    await visitor.reads(REASON)
    await sends(visitor, work, 'drafts')
    const citizen = await caller(person)
    await citizen('POST', `${own}/draft-answer`, { answer: 'CONFIRMED' })
    await visitor.open(`${work}/forwarding`)
    await visitor.looks('hand on')
    await visitor.fill({ note: 'Đủ điều kiện.' })
    await visitor.send(`${work}/forwarding`)
    await visitor.at(work)
    await visitor.looks('handed on, and not mine to sign')
    if (await visitor.page.locator(`a[href="${work}/completion"]`).count()) throw new Error('who verified it may sign it')

    await changesTo(visitor, LEADER)
    await visitor.open(work)
    await visitor.looks('to be signed')
    await visitor.open(`${work}/sending-back`)
    await visitor.looks('send back')
    await visitor.send(`${work}/sending-back`)
    await visitor.looks('sent back for no reason')
    await visitor.fill({ reason: REASON })
    await visitor.send(`${work}/sending-back`)
    await visitor.at(work)
    await visitor.reads(REASON)
    await visitor.looks('sent back')

    await changesTo(visitor, has)
    await visitor.open(`${HOME}?work=MINE&q=${person.phone}`)
    await visitor.follow(work)
    await does(visitor, work, 'forwarding')
    await changesTo(visitor, LEADER)
    await does(visitor, work, 'completion')
    await visitor.looks('signed by another')
  },

  'in stages: given back, taken by a colleague, and assigned by the leader': async (visitor) => {
    const { person, work, has, has_not } = await inStages(visitor)
    await signedIn(visitor, has)
    await visitor.open(`${work}/giving-back`)
    await visitor.looks('give back')
    await visitor.send(`${work}/giving-back`)
    await visitor.looks('given back for no reason')
    await does(visitor, work, 'giving-back', { reason: 'Được phân công việc khác trong tuần này.' })
    await visitor.looks('given back')
    await changesTo(visitor, has_not)
    await visitor.open(`${HOME}?work=NOBODYS&q=${person.phone}`)
    await visitor.looks("nobody's")
    await visitor.follow(work)
    await visitor.follow(`${work}/taking`)
    await visitor.looks('take')
    await visitor.send(`${work}/taking`)
    await visitor.at(work)
    await visitor.looks('taken')
    await changesTo(visitor, LEADER)
    await visitor.open(`${work}/assignment`)
    await visitor.looks('assign')
    await visitor.send(`${work}/assignment`)
    await visitor.looks('assigned to nobody')
    const { items } = await (await caller(LEADER))('GET', '/agencies/H44.100/officials')
    await visitor.choose('official', items.find(({ name }) => name === has.name).id)
    await visitor.send(`${work}/assignment`)
    await visitor.at(work)
    await visitor.reads(has.name)
    await visitor.looks('assigned')
  },

  'who stands in for a leader on leave signs what the leader has': async (visitor) => {
    const person = await registered(visitor)
    const id = await filed(person, 'H44.101')
    const [receiver, leader, deputy] = [await caller({ ...RECEIVER, email: 'tiepnhan@h44-101.example.vn' }), await caller(COMMUNE_LEADER), await caller(ANSWERING)]
    await receiver('POST', `/dossiers/${id}/receipt`, {})
    await leader('POST', `/dossiers/${id}/taking`, {})
    const { items } = await leader('GET', '/agencies/H44.101/officials')
    const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10)
    const leave = { deputy: items.find(({ name }) => name === ANSWERING.name).id, first_day: today, last_day: today }
    // The three modes run side by side, and the leader is away once: who comes later finds it noted.
    await leader('POST', '/agencies/H44.101/leaves', leave).catch((why) => {
      if (!why.message.includes('away-already')) throw why
    })
    await deputy('POST', `/dossiers/${id}/results?file_name=giay-khai-sinh.pdf`, PDF.buffer, PDF.mimeType)
    await signedIn(visitor, ANSWERING)
    await visitor.open('/work/H44.101/leaves')
    await visitor.looks('who is away')
    await visitor.open(`/work/H44.101?work=MINE&q=${person.phone}`)
    await visitor.looks('what an absent leader has')
    await visitor.follow(`/work/dossiers/${id}`)
    await visitor.looks('in the place of the leader')
    await visitor.open(`/work/dossiers/${id}/completion`)
    await visitor.send(`/work/dossiers/${id}/completion`)
    await visitor.at(`/work/dossiers/${id}`)
    await visitor.reads(COMMUNE_LEADER.name)
    await visitor.looks('signed in the place of the leader')
  },
}
