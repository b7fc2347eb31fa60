// What a citizen does: an account, and everything that needs one.
import { OF_SEVERAL_CAPACITIES, code, mail, newcomer } from '../outside.mjs'

const { BASE } = process.env

/** Asks for an account, and is asked for the code that comes by mail. */
async function asked(visitor) {
  const person = newcomer()
  await visitor.open('/registration')
  await visitor.fill({ name: person.name, citizen_number: person.citizen_number, email: person.email, phone: person.phone, password: person.password })
  await visitor.date('birth_date', [1992, 3, 8])
  await visitor.choose('gender', 'FEMALE')
  await visitor.send('/registration')
  await visitor.at(/^\/registration\/.+/)
  return person
}

/** Registers, and confirms by the code that came by mail. */
export async function registered(visitor) {
  const person = await asked(visitor)
  await visitor.fill({ code: await code(person.email) })
  await visitor.send('/registration/')
  await visitor.at('/sign-in')
  return person
}

export async function signedIn(visitor, { email, password }) {
  await visitor.open('/sign-in')
  await visitor.fill({ email, password })
  await visitor.send('/sign-in')
}

/** Changes to the capacity whose name begins so. A sign-in begins with the one used last: it may be this one already. */
async function actsAs(visitor, capacity) {
  await visitor.open('/capacities')
  await visitor.looks('capacities')
  const button = `form:has(input[value^="${capacity}"]) [type=submit]`
  if (await visitor.page.locator(button).count()) await visitor.press(button)
}

export const stories = {
  'a citizen registers, signs in and out': async (visitor) => {
    await visitor.open('/registration')
    await visitor.looks('registration')
    await visitor.send('/registration')
    await visitor.looks('registration with nothing filled in')
    const person = await registered(visitor)
    await visitor.looks('registered')
    await visitor.fill({ email: person.email, password: 'khong phai mat khau' })
    await visitor.send('/sign-in')
    await visitor.looks('wrong password')
    await visitor.fill({ email: person.email, password: person.password })
    await visitor.send('/sign-in')
    await visitor.at('/dossiers')
    await visitor.looks('no dossiers yet')
    await visitor.send('/sign-out')
    await visitor.open('/dossiers')
    await visitor.at('/sign-in')
    await visitor.looks('sign in to go on')
  },

  'somebody with several capacities changes between them': async (visitor) => {
    await signedIn(visitor, OF_SEVERAL_CAPACITIES)
    await actsAs(visitor, 'POST:')
    await visitor.open('/work')
    await visitor.looks('in a post')
    await actsAs(visitor, 'ORGANISATION:')
    await visitor.open('/dossiers')
    await visitor.looks('for an organisation')
    await actsAs(visitor, 'SELF')
    await visitor.open('/dossiers')
    await visitor.looks('for herself')
  },

  'a kiosk forgets a citizen who goes away': async (visitor) => {
    const { name, email, password } = await registered(visitor)
    await visitor.open('/?kiosk=1')
    await visitor.open('/procedures/2.000635')
    await visitor.follow('/procedures/2.000635/start')
    await visitor.at('/sign-in')
    await visitor.fill({ email, password })
    await visitor.send('/sign-in')
    await visitor.at('/procedures/2.000635/start')
    await visitor.looks('signed in')
    await visitor.goesAway()
    await visitor.at('/')
    await visitor.looks('forgotten')
    await visitor.readsNot(name)
    await visitor.open('/dossiers')
    await visitor.at('/sign-in')
  },

  'a citizen who forgot her password sets another, sees where she is signed in, and closes her account': async (visitor) => {
    const { email } = await registered(visitor)
    await visitor.follow('/password-reset')
    await visitor.looks('password forgotten')
    await visitor.fill({ email })
    await visitor.send('/password-reset')
    await visitor.at(/^\/password-reset\/.+/)
    const reset = await mail(email, ({ subject, text }) => /mật khẩu|password/i.test(subject) && text.match(/\b[0-9]{6}\b/)?.[0])
    await visitor.fill({ code: reset, password: 'canh chua cá lóc' })
    await visitor.looks('another password')
    await visitor.send('/password-reset/')
    await visitor.at('/sign-in')
    await visitor.fill({ email, password: 'canh chua cá lóc' })
    await visitor.send('/sign-in')
    await visitor.at('/dossiers')
    await visitor.follow('/account')
    await visitor.looks('account')
    await visitor.follow('/account/password')
    await visitor.looks('change of password')
    await visitor.open('/account/email')
    await visitor.looks('another e-mail address')
    await visitor.open('/account/phone')
    await visitor.fill({ phone: '0912 x' })
    await visitor.send('/account/phone')
    await visitor.looks('no phone number')
    await visitor.open('/account/closure')
    await visitor.looks('closing the account')
    await visitor.fill({ password: 'canh chua cá lóc' })
    await visitor.send('/account/closure')
    await visitor.looks('closed')
    await visitor.open('/dossiers')
    await visitor.at('/sign-in')
  },

  'a citizen who mistypes the code may try again': async (visitor) => {
    await asked(visitor)
    await visitor.looks('code')
    await visitor.fill({ code: '000000' })
    await visitor.send('/registration/')
    await visitor.looks('wrong code')
  },

  'a session that somebody planted is worth nothing': async (visitor) => {
    const person = await registered(visitor)
    const planted = 'A'.repeat(43)
    const cookie = { name: '__Host-motcua', value: planted, domain: new URL(BASE).hostname, path: '/', secure: true, httpOnly: true, sameSite: 'Lax' }
    await visitor.context.addCookies([cookie])
    await signedIn(visitor, person)
    await visitor.at('/dossiers')
    const own = (await visitor.context.cookies()).find(({ name }) => name === cookie.name)
    if (!own || own.value === planted) throw new Error('the session is the one that was planted')
    if (!own.secure || !own.httpOnly || own.sameSite !== 'Lax') throw new Error('the session can be read or sent from elsewhere')
    await visitor.send('/sign-out')
    await visitor.context.addCookies([own])
    await visitor.open('/dossiers')
    await visitor.at('/sign-in')
  },

  'nobody else can act for a citizen': async (visitor) => {
    const person = await registered(visitor)
    await visitor.open('/sign-in?next=//127.0.0.1:9/')
    await visitor.fill({ email: person.email, password: person.password })
    await visitor.send('/sign-in')
    await visitor.at('/dossiers')

    const forger = await visitor.elsewhere(`<form method="post" action="${BASE}/sign-out"><button>Win a prize</button></form>`)
    const [answer] = await Promise.all([forger.waitForResponse(`${BASE}/sign-out`), forger.click('button')])
    if (answer.status() !== 403) throw new Error(`a forged form was answered ${answer.status()}`)
    await visitor.open('/dossiers')
    await visitor.at('/dossiers')

    const framer = await visitor.elsewhere(`<iframe src="${BASE}/dossiers"></iframe>`)
    const [, frame] = framer.frames()
    const seen = await frame.locator('h1').count()
    if (seen > 0 && frame.url().startsWith(BASE)) throw new Error('a page can be framed by another origin')
  },
}
