import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addressFrom, checkDataWritable, checkPortFree } from './listen-address.mjs';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'orrery-address-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const listening = () =>
  new Promise<{ server: Server; port: number }>((resolve, reject) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('no port'));
      else resolve({ server, port: address.port });
    });
  });

test('without settings the workbench listens on 127.0.0.1:3000 and keeps its data in .orrery', () => {
  expect(addressFrom({}, '/srv/orrery')).toEqual({ port: 3000, host: '127.0.0.1', url: 'http://127.0.0.1:3000', data: '/srv/orrery/.orrery' });
});

test.each(['0', '65536', 'http', '3.5', '-1'])('PORT=%s is refused with the range', (port) => {
  expect(() => addressFrom({ PORT: port }, '/')).toThrow(/from 1 to 65535/);
});

test.each([
  ['0.0.0.0', 'http://127.0.0.1:80'],
  ['::', 'http://[::1]:80'],
  ['::1', 'http://[::1]:80'],
])('HOST=%s is reached at %s', (host, url) => {
  expect(addressFrom({ HOST: host, PORT: '80' }, '/').url).toBe(url);
});

test('a taken port is named, with the next one to try', async () => {
  const { server, port } = await listening();
  await expect(checkPortFree({ host: '127.0.0.1', port })).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken. Stop what listens there, or choose another: PORT=${port + 1}.`);
  await new Promise((resolve) => server.close(resolve));
  await checkPortFree({ host: '127.0.0.1', port });
});

test('an address of another machine is refused', async () => {
  await expect(checkPortFree({ host: '192.0.2.1', port: 3999 })).rejects.toThrow('no address 192.0.2.1');
});

test('a data folder is made when it is missing, and nothing is left in it', () => {
  const data = join(folder, 'deep/er');
  checkDataWritable(data);
  expect(readdirSync(data)).toEqual([]);
});

test('a data folder that cannot be written is named, with what to do', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(() => checkDataWritable(join(folder, 'file/data'))).toThrow(/cannot be written \(ENOTDIR\).*ORRERY_DATA=/);
});
