// A fee is filed, an attempt begun by each way that a library knows, and what we answered held against what the library makes of the same values.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { randomUUID } from 'node:crypto';

const require = createRequire(import.meta.url);
const { QRPay, BanksObject } = require('vietnam-qr-pay');
const { VNPay, HashAlgorithm } = require('vnpay');

const BASE = process.env.BASE;
const SECRET = 'TESTSECRETKEY0123456789ABCDEFGHJK';

async function api(path, { token, method = 'POST', body, headers = {} } = {}) {
  const answer = await fetch(`${BASE}/api/v1/${path}`, {
    method,
    body: body === undefined ? undefined : JSON.stringify(body),
    headers: {
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
      ...(token && { authorization: `Bearer ${token}` }),
      ...headers,
    },
  });
  const text = await answer.text();
  return { status: answer.status, json: text && answer.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text };
}

async function order(token) {
  const draft = await api('dossiers', { token, body: { procedure: '2.000635', agency: 'H44.100' } });
  const id = draft.json.id;
  const answers = {
    person_name: 'Nguyễn Văn An', person_birth_date: '1992-03-08', event: 'BIRTH', event_date: '1992-03-08',
    event_place: 'Phường Demo, tỉnh Phú Thọ', copies: 2, purpose: 'WORK', applicant_name: 'Nguyễn Văn An',
    applicant_citizen_number: '000192000001', truthful: true,
  };
  await api(`dossiers/${id}/answers`, { token, method: 'PUT', body: answers, headers: { 'if-match': '"1"' } });
  const pdf = '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n'
    + '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n';
  await fetch(`${BASE}/api/v1/dossiers/${id}/documents?component=GIAY_TO_KHAC&file_name=a.pdf`, {
    method: 'POST', body: pdf,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/pdf', 'idempotency-key': randomUUID() },
  });
  const filed = await api(`dossiers/${id}/submission`, { token, body: {} });
  assert.equal(filed.status, 201, JSON.stringify(filed.json));
  return { order: filed.json.fee.order_id, code: filed.json.code, total: filed.json.fee.total.amount };
}

async function begin(token, id, provider) {
  for (let tries = 0; ; tries += 1) {
    const begun = await api(`payment-orders/${id}/attempts`, { token, body: { provider } });
    if (begun.status === 201) return begun.json;
    assert.ok(begun.status === 404 && tries < 50, `${provider}: ${begun.status}`);
    await new Promise((done) => setTimeout(done, 200));
  }
}

const signedIn = await api('sessions', { body: { email: 'an@example.vn', password: 'motcua-demo-2026' } });
const token = signedIn.json.access_token;
const fee = await order(token);

// VietQR: the library reads ours, and writes the same.
const { transfer } = await begin(token, fee.order, 'VIETQR');
const read = new QRPay(transfer.text);
assert.ok(read.isValid, 'vietnam-qr-pay reads our code');
assert.deepEqual(
  [read.consumer.bankBin, read.consumer.bankNumber, Number(read.amount), read.additionalData.purpose],
  [transfer.bank, transfer.account, fee.total, fee.code],
);
const bank = Object.values(BanksObject).find((one) => one.bin === transfer.bank);
const written = QRPay.initVietQR({ bankBin: bank.bin, bankNumber: transfer.account, amount: String(fee.total), purpose: fee.code });
assert.equal(written.build(), transfer.text);
console.log('vietnam-qr-pay 1.5.1 reads our VietQR code, and writes the same');

// VNPAY: the library believes the signature of the address, as VNPAY would.
const { pay_url: address } = await begin(token, fee.order, 'VNPAY');
const vnpay = new VNPay({
  tmnCode: 'DEMOTMN1', secureSecret: SECRET, vnpayHost: 'https://sandbox.vnpayment.vn', testMode: true,
  hashAlgorithm: HashAlgorithm.SHA512, enableLog: false,
});
const fields = Object.fromEntries(new URL(address).searchParams);
assert.ok(vnpay.verifyReturnUrl({ ...fields }).isVerified, 'vnpay believes our signature');
assert.ok(!vnpay.verifyReturnUrl({ ...fields, vnp_Amount: '100' }).isVerified, 'and no other amount under it');
console.log('vnpay 2.5.0 believes the address that payers are sent to');
