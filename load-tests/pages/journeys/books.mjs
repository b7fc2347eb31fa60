// The accountant's desk: a statement that cannot be read, one that is, a difference explained, the figures and a day.
import { CASHIER, LEADER } from '../outside.mjs'
import { signedIn } from './citizen.mjs'

const HOME = '/work/H44.100'
const DESK = `${HOME}/books`
const HEADINGS = 'vnp_TmnCode,vnp_TxnRef,vnp_TransactionNo,vnp_Amount,vnp_PayDate,vnp_TransactionType,vnp_TransactionStatus'

/** VNPAY's statement of one payment that nobody here knows. */
function statement(number, amount) {
  const line = `DEMOTMN1,${number},${number},${amount},20260721101712,01,00`
  return { name: `sao-ke-${number}.csv`, mimeType: 'text/csv', buffer: Buffer.from(`${HEADINGS}\n${line}\n`) }
}

export const stories = {
  'an accountant loads a statement and explains a difference': async (visitor) => {
    const number = `${Date.now()}${Math.floor(Math.random() * 1000)}`
    const load = async (file) => {
      await visitor.choose('source', 'VNPAY')
      await visitor.page.locator('input[name="file"]').setInputFiles(file)
      await visitor.send(DESK)
    }
    await signedIn(visitor, CASHIER)
    await visitor.open(DESK)
    await visitor.looks('books')
    // The modes walk side by side: each has a sum of its own to know its difference by.
    const sum = 10_000 + Math.floor(Math.random() * 89_999)
    await load(statement(number, sum * 100 + 50))
    await visitor.looks('statement that cannot be read')
    await load(statement(number, sum * 100))
    await visitor.at(DESK)
    const row = visitor.page.locator('tr', { hasText: new RegExp(String(sum).replace(/(?=\d{3}$)/, '[.,]')) })
    const link = row.locator(`a[href^="${HOME}/differences/"]`)
    for (let tries = 0; tries < 50 && (await link.count()) === 0; tries += 1) await visitor.open(DESK)
    await visitor.looks('books with a difference')
    await visitor.follow(await link.getAttribute('href'))
    await visitor.looks('difference')
    await visitor.send(`${HOME}/differences/`, 'explain')
    await visitor.looks('difference without a reason')
    await visitor.fill({ reason: 'VNPAY xác nhận là giao dịch thử.', proof: 'Công văn 12/VNPAY' })
    await visitor.send(`${HOME}/differences/`, 'explain')
    await visitor.looks('difference ended')
    await visitor.open(`${HOME}/figures`)
    await visitor.looks('figures')
    await visitor.open(`${HOME}/transfers`)
    await visitor.looks('transfers')
    await visitor.send('/sign-out')

    await signedIn(visitor, LEADER)
    await visitor.open(HOME)
    await visitor.follow(DESK)
    await visitor.press(`a[href^="${HOME}/days/"]`)
    await visitor.looks('day of the books')
  },
}
