// The filing of a dossier as it is ordinarily written: validate, then a transaction of one statement after the other.
// It trusts the token without verifying its signature, which favours it.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import Fastify from 'fastify';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 16 });
const ajv = new Ajv({ allErrors: true, strict: false });
addFormats(ajv);
ajv.addFormat('citizen-number', /^[0-9]{12}$/);
ajv.addFormat('phone', /^\+?[0-9 ]{8,15}$/);

const procedures = new Map();
async function procedure(db, id) {
  if (!procedures.has(id)) {
    const { rows } = await db.query('select content from procedure_versions where id = $1', [id]);
    procedures.set(id, { ...rows[0].content, validate: ajv.compile(rows[0].content.form) });
  }
  return procedures.get(id);
}

const caller = (request) => {
  const [, claims] = (request.headers.authorization ?? '').split('.');
  return claims ? JSON.parse(Buffer.from(claims, 'base64url')) : undefined;
};
const sha256 = (text) => createHash('sha256').update(text).digest();
const refusal = (status, code) => Object.assign(new Error(code), { statusCode: status, code });

async function inTransaction(work) {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

async function draftOf(db, id, party) {
  const { rows } = await db.query('select * from dossiers where id = $1 and party_id = $2 for update', [id, party]);
  if (!rows[0]) throw refusal(404, 'not-found');
  if (rows[0].status !== 'DRAFT') throw refusal(409, 'not-a-draft');
  const documents = await db.query('select component from documents where dossier = $1', [id]);
  return { draft: rows[0], papers: documents.rows.map((row) => row.component) };
}

async function nextCode(db, agency, now) {
  const day = new Date(now.getTime() + 7 * 3600_000).toISOString().slice(0, 10);
  const { rows } = await db.query(
    `insert into code_counters as c (agency, day, last) values ($1, $2, 1)
     on conflict (agency, day) do update set last = c.last + 1 returning last`, [agency, day]);
  return `${agency}-${day.slice(2).replaceAll('-', '')}-${String(rows[0].last).padStart(4, '0')}`;
}

async function file(db, { id, party, key, fingerprint, now }) {
  const earlier = await db.query('select body from idempotency_keys where scope = $1 and key = $2', [party, key]);
  if (earlier.rows[0]) return earlier.rows[0].body;
  const { draft, papers } = await draftOf(db, id, party);
  const rules = await procedure(db, draft.procedure_version);
  const missing = rules.components.filter((paper) => paper.required && !papers.includes(paper.code));
  if (!rules.validate(JSON.parse(draft.answers)) || missing.length) throw refusal(422, 'incomplete');
  const secret = randomBytes(10).toString('hex');
  const due = new Date(now.getTime() + 24 * 3600_000);
  const code = await nextCode(db, draft.agency, now);
  await db.query(
    `update dossiers set status = 'REGISTERED', version = version + 1, code = $2, submitted_at = $3, due_at = $4,
     tracking_secret_hash = $5 where id = $1`, [id, code, now, due, sha256(secret)]);
  await db.query(
    `insert into dossier_history (dossier, seq, at, from_status, to_status, actor_kind, actor_id)
     values ($1, 1, $2, 'DRAFT', 'REGISTERED', 'CITIZEN', $3)`, [id, now, party]);
  const event = {
    specversion: '1.0', id: randomUUID(), source: '/submissions', type: 'vn.motcua.dossier.submitted.v1', subject: id,
    time: now, datacontenttype: 'application/json',
    data: {
      dossier_id: id, code, procedure: rules.code, procedure_name: rules.name, agency: draft.agency,
      applicant: { kind: draft.party_kind, id: party }, submitted_at: now, due_at: due, tracking_secret: secret,
      awaiting_fee: false,
    },
  };
  await db.query(
    `insert into outbox (id, type, subject, payload, waiting_for, created_at) values ($1, $2, $3, $4, $5, $6)`,
    [event.id, event.type, id, JSON.stringify(event), ['notifications'], now]);
  await db.query(
    `insert into audit_log (id, at, actor_id, actor_kind, action, subject_type, subject_id, trace_id, detail)
     values ($1, $2, $3, 'CITIZEN', 'dossier.submitted', 'dossier', $4, $5, $6)`,
    [randomUUID(), now, party, id, randomUUID(), { steps: [['DRAFT', 'REGISTERED']], version: draft.version + 1 }]);
  const body = JSON.stringify({
    dossier_id: id, code, status: 'REGISTERED', submitted_at: now, due_at: due, tracking_secret: secret, fee: null,
  });
  await db.query(
    `insert into idempotency_keys (scope, key, fingerprint, status, location, body, created_at)
     values ($1, $2, $3, 201, $4, $5, $6)`, [party, key, fingerprint, `/api/v1/dossiers/${id}`, body, now]);
  return body;
}

const server = Fastify();
server.post('/api/v1/dossiers/:id/submission', async (request, reply) => {
  const party = caller(request)?.sub;
  const key = request.headers['idempotency-key'];
  if (!party) throw refusal(401, 'unauthenticated');
  if (!key) throw refusal(400, 'key-required');
  const { id } = request.params;
  const fingerprint = sha256(`POST ${request.url}\n${JSON.stringify(request.body ?? {})}`);
  const body = await inTransaction((db) => file(db, { id, party, key, fingerprint, now: new Date() }));
  return reply.code(201).header('location', `/api/v1/dossiers/${id}`).type('application/json').send(body);
});
await server.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
