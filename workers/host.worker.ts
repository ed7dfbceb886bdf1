/** Lives hosts off the main thread. A shell: the host is the engine's. */
import { expose } from 'comlink';
import { os } from '@/engine/twin';
import type { HostApi } from './host-api';

const api: HostApi = {
  async play(host, options) {
    return os.playHost(host, options);
  },
};

expose(api);
