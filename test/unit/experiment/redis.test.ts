import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { redisAddress } from '../../../src/experiment/redis/redis-address.js';
import { RedisLink } from '../../../src/experiment/redis/redis-link.js';
import { redisPool } from '../../../src/experiment/redis/redis-pool.js';
import { redisWorker } from '../../../src/experiment/redis/redis-worker.js';

const TOP = join(import.meta.dirname, '../../..');
const PASSWORD = 'p@ss:w/rd';
const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

const folder = mkdtempSync(join(tmpdir(), 'hubsim-redis-'));
const children: ChildProcess[] = [];

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A Redis of its own on this machine, gone with the tests. */
async function startRedis(words: readonly string[]): Promise<void> {
  const always = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
  const child = spawn('redis-server', [...always, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  await new Promise<void>((resolve, reject) => {
    child.stdout!.on('data', (text) => String(text).includes('Ready to accept connections') && resolve());
    child.once('exit', (code) => reject(new Error(`redis-server ended with ${code}`)));
  });
}

function hubsim(words: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, ['dist/cli/main.js', ...words], {
    cwd: TOP,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  children.push(child);
  return child;
}

const ended = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.once('exit', resolve));

function sweepWords(out: string): string[] {
  const vary = ['--vary', 'controllerManager.kubeApiQps=1,5,20', '-r', '6'];
  return ['sweep', 'scenarios/my-spring-app.yaml', ...vary, '--out', out, '--quiet', '--no-charts'];
}

function files(out: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(out)
      .sort()
      .map((file) => [file, readFileSync(join(out, file), 'latin1')]),
  );
}

function lines(file: string): number {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').length : 0;
}

describe.skipIf(!hasRedis)('a sweep over Redis', () => {
  let url: string;

  beforeAll(async () => {
    const port = await freePort();
    await startRedis(['--port', String(port), '--requirepass', PASSWORD]);
    url = `redis://:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}`;
  });

  test('has the bytes of a local one, with two workers of which one is killed in the middle', async () => {
    const [local, spread] = [join(folder, 'local'), join(folder, 'spread')];
    expect(await ended(hubsim(sweepWords(local)))).toBe(0);
    const workers = [1, 2].map(() => hubsim(['worker', '--redis', url, '--workers', '1', '--quiet']));
    const sweep = hubsim([...sweepWords(spread), '--redis', url]);
    const exit = ended(sweep);
    while (lines(join(spread, 'journal.ndjson')) < 6 && sweep.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 5));
    workers[0]!.kill('SIGKILL');
    expect(lines(join(spread, 'journal.ndjson'))).toBeLessThan(18);
    expect(await exit).toBe(0);
    expect(files(spread)).toEqual(files(local));
    const last = ended(workers[1]!);
    workers[1]!.kill('SIGTERM');
    expect(await last).toBe(0);
  });

  test('is refused by workers of another version, and refuses them', async () => {
    const address = redisAddress(url, undefined);
    const bundle = { file: 'a.yaml', files: {} };
    const worker = await RedisLink.open(address, 'worker', { program: '0.0.9+abc', host: 'there' });
    await worker.appear();
    await expect(redisPool(bundle, address, '0.1.0+def', () => {})).rejects.toThrow(
      'this is hubsim 0.1.0+def, and the workers there are of hubsim 0.0.9+abc on there',
    );
    await worker.close();
    const coordinator = await RedisLink.open(address, 'coordinator', { program: '0.0.9+abc', host: 'there' });
    await coordinator.appear();
    await expect(redisWorker(address, '0.1.0+def', 1, () => {})).rejects.toThrow(
      'this is hubsim 0.1.0+def, and the sweeps there are of hubsim 0.0.9+abc on there',
    );
    await coordinator.close();
  });

  test('makes a run once, however often it is asked for', async () => {
    const address = redisAddress(`${url}/1`, undefined);
    const notes: string[] = [];
    const pool = await redisPool({ file: 'a.yaml', files: {} }, address, 'twice', (text) => notes.push(text));
    expect(notes).toEqual([expect.stringContaining('no worker is there yet')]);
    expect(notes[0]).not.toContain('p@ss');
    const { Worker } = await import('bullmq');
    let made = 0;
    const outcome = { status: 'failed', reason: 'input', message: 'as told' };
    const worker = new Worker(
      'runs-twice',
      async () => {
        made++;
        return outcome;
      },
      {
        connection: address.options,
        prefix: 'hubsim',
      },
    );
    const order = { key: 'content-1', settings: [], seed: 1 };
    expect(await Promise.all([pool.run(order), pool.run(order)])).toEqual([outcome, outcome]);
    expect(await pool.run(order)).toEqual(outcome);
    expect(made).toBe(1);
    await worker.close();
    await pool.close();
  });

  test('says why it cannot get in, and never the password', async () => {
    const wrong = redisAddress(url.replace('p%40ss', 'secret'), undefined);
    const error = await RedisLink.open(wrong, 'worker', { program: 'p', host: 'h' }).catch((reason: Error) => reason);
    expect(String(error)).toMatch(/cannot use redis:\/\/127\.0\.0\.1:\d+: .*(WRONGPASS|invalid)/);
    expect(String(error)).not.toContain('secret');
    const nobody = redisAddress('redis://127.0.0.1:1', undefined);
    await expect(RedisLink.open(nobody, 'worker', { program: 'p', host: 'h' })).rejects.toThrow('ECONNREFUSED');
  });

  test.skipIf(!hasOpenssl)('works through TLS, with the certificate that was named and no other', async () => {
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
    const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '2',
        '-keyout',
        key,
        '-out',
        certificate,
        ...subject,
      ],
      { stdio: 'ignore' },
    );
    const port = await freePort();
    const tls = [
      '--tls-port',
      String(port),
      '--tls-cert-file',
      certificate,
      '--tls-key-file',
      key,
      '--tls-ca-cert-file',
      certificate,
    ];
    await startRedis(['--port', '0', ...tls, '--tls-auth-clients', 'no', '--requirepass', PASSWORD]);
    const secure = `rediss://:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}`;
    const self = { program: 'p', host: 'h' };
    await expect(RedisLink.open(redisAddress(secure, undefined), 'worker', self)).rejects.toThrow(
      /self-signed certificate/,
    );
    const ways = ['--redis', secure, '--redis-ca', certificate];
    const worker = hubsim(['worker', ...ways, '--workers', '1', '--quiet']);
    const out = join(folder, 'tls');
    expect(
      await ended(
        hubsim(['sweep', 'scenarios/my-spring-app.yaml', '-r', '2', '--out', out, '--quiet', '--no-charts', ...ways]),
      ),
    ).toBe(0);
    expect(readFileSync(join(out, 'runs.ndjson'), 'utf8').match(/"status":"done"/g)).toHaveLength(2);
    const last = ended(worker);
    worker.kill('SIGTERM');
    expect(await last).toBe(0);
  });
});

test('an address is read once, and shown without its password', () => {
  const { shown, options } = redisAddress('rediss://me:p%40ss@example.com:7000/3', undefined);
  expect(shown).toBe('rediss://example.com:7000/3');
  expect(options).toMatchObject({ host: 'example.com', port: 7000, username: 'me', password: 'p@ss', db: 3, tls: {} });
  expect(() => redisAddress('http://secret@x', undefined)).toThrow(/^--redis is no address/);
  expect(() => redisAddress('redis://x', 'ca.pem')).toThrow('needs rediss://');
});
