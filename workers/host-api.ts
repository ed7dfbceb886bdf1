/** What the host worker offers the pages: a host's life, with changes at given moments. */
import type { os } from '@/engine/twin';

export type HostApi = {
  play(host: os.HostSpec, options: os.PlayOptions): Promise<os.HostPlay>;
};
